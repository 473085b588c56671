import type { Extract, ResolvedConfig, Site } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { type AlertSettings, type SettingsInForce, settingsInForce } from '#src/domain/alert/settings.js';
import type { AlertRecord } from '#src/domain/alert/types.js';
import type { Measure } from '#src/domain/measure/types.js';

/** By the site's settings: most measures say nothing themselves and share one. */
const known = new WeakMap<Site, SettingsInForce>();

/** The settings of the site alone. */
export function siteSettings(site: Site): SettingsInForce {
  const found = known.get(site) ?? settingsInForce(site.alertSettings);
  known.set(site, found);
  return found;
}

/** What holds for a measure or an extract, by its own settings and the site's. */
export function settingsOf({ alertSettings }: Pick<Measure | Extract, 'alertSettings'>, site: Site): SettingsInForce {
  return alertSettings === undefined ? siteSettings(site) : settingsInForce(alertSettings, site.alertSettings);
}

/** Whether alerts of its kind are turned off for what an alert is about. */
export function turnedOffIn(config: ResolvedConfig): (record: Pick<AlertRecord, 'kind' | 'subject'>) => boolean {
  const own = new Map<string, AlertSettings | undefined>([
    ...config.measures.map((each) => [alertSubject('measure', each.address), ownOf(each)] as const),
    ...config.extracts.map((each) => [alertSubject('extract', each.id), each.alertSettings] as const),
  ]);
  return ({ kind, subject }) => !settingsInForce(own.get(subject), config.site.alertSettings).isOn(kind);
}

/** A measure that is off track after no number of periods has the kind turned off. */
function ownOf({ alertSettings, offTrackAfter }: Measure): AlertSettings | undefined {
  if (offTrackAfter !== 0) return alertSettings;
  return { ...alertSettings, kinds: { ...alertSettings?.kinds, off_track: false } };
}
