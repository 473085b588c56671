import type { AlertSettings } from '#src/domain/alert/settings.js';
import type { PaceRule } from '#src/domain/pace/types.js';
import { type AlertSettingsSpec, PACE_FROM_PERCENT, type PaceSpec } from '../spec/alert-settings-spec.js';

/** Absent where nothing is said, so that digests from before there were such settings stay. */
export function resolveAlertSettings(spec: AlertSettingsSpec | undefined): { readonly alertSettings?: AlertSettings } {
  if (spec === undefined) return {};
  const { kinds = {}, at_risk_after, note_after_days, rejects_over, pace } = spec;
  const switches = Object.entries(kinds).map(([kind, written]) => [kind, written === 'on'] as const);
  const settings: AlertSettings = {
    ...(switches.length === 0 ? {} : { kinds: Object.fromEntries(switches) }),
    ...(at_risk_after === undefined ? {} : { atRiskAfter: at_risk_after }),
    ...(note_after_days === undefined ? {} : { noteAfterDays: note_after_days }),
    ...(rejects_over === undefined ? {} : { rejectsOver: rejects_over }),
    ...(pace === undefined ? {} : { pace: paceRule(pace) }),
  };
  return Object.keys(settings).length === 0 ? {} : { alertSettings: settings };
}

function paceRule(pace: NonNullable<PaceSpec>): PaceRule | false {
  if (pace === 'off') return false;
  if (pace === 'on') return { fromPercent: PACE_FROM_PERCENT, countedIn: 'days' };
  return { fromPercent: pace.from_percent, countedIn: pace.counted_in };
}
