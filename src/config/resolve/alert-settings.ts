import type { AlertSettings } from '#src/domain/alert/settings.js';
import type { AlertSettingsSpec } from '../spec/alert-settings-spec.js';

/** Absent where nothing is said, so that digests from before there were such settings stay. */
export function resolveAlertSettings(spec: AlertSettingsSpec | undefined): { readonly alertSettings?: AlertSettings } {
  if (spec === undefined) return {};
  const { kinds = {}, at_risk_after, note_after_days, rejects_over } = spec;
  const switches = Object.entries(kinds).map(([kind, written]) => [kind, written === 'on'] as const);
  const settings: AlertSettings = {
    ...(switches.length === 0 ? {} : { kinds: Object.fromEntries(switches) }),
    ...(at_risk_after === undefined ? {} : { atRiskAfter: at_risk_after }),
    ...(note_after_days === undefined ? {} : { noteAfterDays: note_after_days }),
    ...(rejects_over === undefined ? {} : { rejectsOver: rejects_over }),
  };
  return Object.keys(settings).length === 0 ? {} : { alertSettings: settings };
}
