import { describe, expect, it } from 'vitest';
import { ALERT_KIND_NAMES } from '#src/domain/alert/kinds.js';
import { settingsInForce } from '#src/domain/alert/settings.js';

describe('settingsInForce', () => {
  it('tells what is wrong and no mere news where nothing is said', () => {
    const { isOn, ...rest } = settingsInForce(undefined);
    expect(ALERT_KIND_NAMES.filter((kind) => !isOn(kind))).toEqual(['worsened', 'at_risk', 'note_missing', 'improved']);
    expect(rest).toEqual({ atRiskAfter: 3, noteAfterDays: 5, rejectsOver: { rows: 0 } });
  });

  it('takes each setting from the nearest that says it', () => {
    const own = { kinds: { target_missing: false, improved: true }, atRiskAfter: 1 };
    const site = { kinds: { target_missing: true, improved: false, late: false }, atRiskAfter: 5, noteAfterDays: 0 };
    const { isOn, atRiskAfter, noteAfterDays } = settingsInForce(own, site);
    expect([isOn('target_missing'), isOn('improved'), isOn('late'), isOn('missing')]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect([atRiskAfter, noteAfterDays]).toEqual([1, 0]);
  });

  it('judges no period before it is over unless the nearest that says it asks for that', () => {
    const pace = { fromPercent: 50, countedIn: 'days' } as const;
    expect(settingsInForce({ atRiskAfter: 1 }, { pace }).pace).toEqual(pace);
    expect(settingsInForce({ pace: false }, { pace })).not.toHaveProperty('pace');
    expect(settingsInForce({ pace }, { pace: false }).pace).toEqual(pace);
  });
});
