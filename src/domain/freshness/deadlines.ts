import type { DueRule } from '../measure/types.js';
import { addDays, startInstant } from '../period/period-instants.js';
import type { CalendarDate, Period, WorkingCalendar } from '../period/types.js';
import { workingDaysAfterEnd } from '../period/working-days.js';
import type { Deadlines } from './types.js';

/**
 * When a period's value is due, and from when it counts as missing.
 *
 * Due is the end of the `businessDays`th working day after the period, at midnight in `timeZone`: five working
 * days after March 2026 is 2026-04-08T00:00 local, the end of Tuesday 7 April. 0 is due at the end of the
 * period itself. Grace is counted in calendar days, again to local midnight, so a change of the clocks moves
 * neither.
 *
 * A lock is counted in calendar days from the last day of the period and falls at the end of its own last day: 15 days
 * after May 2026 is 2026-06-16T00:00 local, the end of 15 June.
 *
 * @throws PlumblineError `CONFIG_NO_WORKING_DAYS` for a calendar whose weekend is the whole week
 */
export function deadlines(period: Period, due: DueRule, calendar: WorkingCalendar, timeZone: string): Deadlines {
  const dueDate = workingDaysAfterEnd(period.end, due.businessDays, calendar);
  return {
    due: startInstant(dueDate, timeZone),
    missingFrom: startInstant(addDays(dueDate, due.graceDays), timeZone),
    ...(due.lockDays === undefined ? {} : { lockedFrom: startInstant(lockedOn(period, due.lockDays), timeZone) }),
  };
}

/** The day at whose beginning a period is locked. */
export function lockedOn({ end }: Pick<Period, 'end'>, lockDays: number): CalendarDate {
  return addDays(end, lockDays);
}
