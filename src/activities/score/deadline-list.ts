import { periodDates } from '#src/domain/freshness/dates.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import type { DeadlineRecord } from '#src/store/types.js';
import { deadlinesOf, dueRuleKey } from './deadlines-of.js';
import type { SaidOf } from './said-by-sources.js';
import type { WorkingCalendars } from './working-calendar-of.js';

/** The deadlines of all periods that were judged, each rule and period once. */
export interface DeadlineList {
  add(measure: Measure, judged: readonly { readonly period: Period }[]): void;
  records(): readonly DeadlineRecord[];
}

export function createDeadlineList(calendars: WorkingCalendars, saidOf: SaidOf): DeadlineList {
  const byRule = new Map<string, Map<string, DeadlineRecord>>();
  return {
    add(measure, judged) {
      const dueRule = dueRuleKey(measure, calendars);
      const ofRule = byRule.get(dueRule) ?? new Map<string, DeadlineRecord>();
      byRule.set(dueRule, ofRule);
      for (const { period } of judged) {
        if (ofRule.has(period.id)) continue;
        const dates = periodDates(deadlinesOf(period, measure, calendars, saidOf));
        ofRule.set(period.id, { dueRule, period: period.id, ...dates });
      }
    },
    records: () => [...byRule.values()].flatMap((ofRule) => [...ofRule.values()]),
  };
}
