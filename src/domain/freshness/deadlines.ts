import type { DueRule } from '../measure/types.js';
import { daysInMonth } from '../period/calendar-date.js';
import {
  addDays,
  addMilliseconds,
  addMonths,
  compareInstants,
  dateInZone,
  endInstant,
  startInstant,
} from '../period/period-instants.js';
import type { CalendarDate, Instant, Period, WorkingCalendar } from '../period/types.js';
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
 * With hours they are counted as time that passes, through a change of the clocks too, and each day of grace is 24 of them.
 * With a day of the month it is the end of the first such day that is not before the end of the period: 15 after March
 * 2026 is 2026-04-16T00:00 local; 31 after January is the end of 28 February.
 *
 * A rule that goes by the "as of" of its source is due when that first said it stands at the period, though not before
 * the end of the period, and never later than by the rest of the rule. Grace begins with the end of that day, or with hours
 * at that time; without any the value is missing at once.
 *
 * A lock is counted in calendar days from the last day of the period and falls at the end of its own last day: 15 days
 * after May 2026 is 2026-06-16T00:00 local, the end of 15 June.
 *
 * @param saidAt when the source first said so; absent: it has not
 * @throws PlumblineError `CONFIG_NO_WORKING_DAYS` for a calendar whose weekend is the whole week
 */
export function deadlines(
  period: Period,
  due: DueRule,
  calendar: WorkingCalendar,
  timeZone: string,
  saidAt?: Instant,
): Deadlines {
  const latest = dueAndMissing(period, due, calendar, timeZone);
  return {
    ...(due.asOf === true ? bySaying(period, due, timeZone, latest, saidAt) : latest),
    ...(due.lockDays === undefined ? {} : { lockedFrom: startInstant(lockedOn(period, due.lockDays), timeZone) }),
  };
}

function bySaying(
  period: Period,
  { hours, graceDays }: DueRule,
  timeZone: string,
  latest: Pick<Deadlines, 'due' | 'missingFrom'>,
  saidAt: Instant | undefined,
): Pick<Deadlines, 'due' | 'missingFrom' | 'asOf'> {
  const due = saidAt === undefined ? latest.due : later(saidAt, endInstant(period, timeZone));
  if (saidAt === undefined || compareInstants(due, latest.due) >= 0) {
    return { ...latest, asOf: 'at_the_latest' };
  }
  if (graceDays === 0) return { due, missingFrom: due, asOf: 'said' };
  if (hours !== undefined) return { due, missingFrom: addMilliseconds(due, graceDays * 24 * HOUR_MS), asOf: 'said' };
  const day = dateInZone(addMilliseconds(due, -1), timeZone);
  return { due, missingFrom: startInstant(addDays(day, 1 + graceDays), timeZone), asOf: 'said' };
}

const later = (a: Instant, b: Instant): Instant => (compareInstants(a, b) > 0 ? a : b);

function dueAndMissing(
  period: Period,
  { businessDays, hours, dayOfMonth, graceDays }: DueRule,
  calendar: WorkingCalendar,
  timeZone: string,
): Pick<Deadlines, 'due' | 'missingFrom'> {
  if (hours !== undefined) {
    const due = addMilliseconds(endInstant(period, timeZone), hours * HOUR_MS);
    return { due, missingFrom: addMilliseconds(due, graceDays * 24 * HOUR_MS) };
  }
  const dueDate =
    dayOfMonth === undefined
      ? workingDaysAfterEnd(period.end, businessDays, calendar)
      : afterDay(period.end, dayOfMonth);
  return {
    due: startInstant(dueDate, timeZone),
    missingFrom: startInstant(addDays(dueDate, graceDays), timeZone),
  };
}

/** The day after the first day of this number that is not before `end`. */
function afterDay(end: CalendarDate, dayOfMonth: number): CalendarDate {
  const month = end.slice(0, 7);
  const within = dayOf(month, dayOfMonth);
  return addDays(within >= end ? within : dayOf(addMonths(`${month}-01`, 1).slice(0, 7), dayOfMonth), 1);
}

function dayOf(month: string, day: number): CalendarDate {
  const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  return `${month}-${String(Math.min(day, last)).padStart(2, '0')}`;
}

/** No value is waited for longer than these days after its period before it is due. */
export function mostDaysUntilDue({ businessDays, hours, dayOfMonth }: DueRule): number {
  if (hours !== undefined) return Math.ceil(hours / 24) + 1;
  return dayOfMonth === undefined ? 2 * businessDays + 14 : 32;
}

const HOUR_MS = 3_600_000;

/** The day at whose beginning a period is locked. */
export function lockedOn({ end }: Pick<Period, 'end'>, lockDays: number): CalendarDate {
  return addDays(end, lockDays);
}
