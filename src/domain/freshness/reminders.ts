import type { DueRule } from '../measure/types.js';
import { addDays } from '../period/period-instants.js';
import type { CalendarDate, Period } from '../period/types.js';

/**
 * The days on which a value of a period is asked for, ascending: so many before and after its last day.
 *
 * 15 before and 3 after June 2026 are 15 June and 3 July. 0 is the last day itself; a rule without either has none.
 */
export function reminderDays({ end }: Pick<Period, 'end'>, { remind }: Pick<DueRule, 'remind'>): CalendarDate[] {
  const lastDay = addDays(end, -1);
  const { beforeDays, afterDays } = remind ?? {};
  const days = [
    ...(beforeDays === undefined ? [] : [addDays(lastDay, -beforeDays)]),
    ...(afterDays === undefined ? [] : [addDays(lastDay, afterDays)]),
  ];
  return [...new Set(days)];
}

/**
 * The days on which a notice that a value is overdue is followed up, in order; then it is left at that.
 *
 * Three times every three days after 1 December are the 4th, 7th and 10th.
 *
 * @param notice day of the notice
 */
export function escalationDays(notice: CalendarDate, { escalate }: Pick<DueRule, 'escalate'>): CalendarDate[] {
  if (escalate === undefined) return [];
  return Array.from({ length: escalate.times }, (_, index) => addDays(notice, (index + 1) * escalate.everyDays));
}
