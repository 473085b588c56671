import { PlumblineError } from '../failure/plumbline-error.js';
import { assertCalendarDate } from './calendar-date.js';
import { dayNumber, weekdayOf } from './day-number.js';
import { addDays } from './period-instants.js';
import type { CalendarDate, DayRange, WorkingCalendar } from './types.js';

/** Half days are counted in whole numbers: a day that is worked has two. */
type Halves = 0 | 1 | 2;

interface DaysOff {
  readonly weekend: ReadonlySet<number>;
  readonly holidays: ReadonlySet<CalendarDate>;
  readonly halfDays: ReadonlySet<CalendarDate>;
}

/** By calendar: it lives as long as the configuration it belongs to. */
const known = new WeakMap<WorkingCalendar, DaysOff>();

/** Whether a day is worked, in whole or by half: neither one of the weekend's weekdays nor a holiday. */
export function isWorkingDay(date: CalendarDate, calendar: WorkingCalendar): boolean {
  assertCalendarDate(date);
  return halvesOf(date, daysOff(calendar)) > 0;
}

/**
 * The `n`th working day strictly after a day, or before it for a negative `n`, whether or not the day itself is
 * worked. 0 gives the day itself, worked or not.
 *
 * A half day counts 0.5: the `n`th working day is the one on which the sum reaches `n`. Where the 24th is a half day, the
 * first working day after the 23rd is the next one after the 24th: 0.5, then 1.5.
 *
 * @throws PlumblineError `CONFIG_NO_WORKING_DAYS` for a calendar whose weekend is the whole week
 */
export function addWorkingDays(date: CalendarDate, n: number, calendar: WorkingCalendar): CalendarDate {
  assertWholeNumber(n);
  assertSomeWorkingDay(calendar);
  const off = daysOff(calendar);
  const step = n < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(n) * 2; left > 0; ) {
    day = addDays(day, step);
    left -= halvesOf(day, off);
  }
  return day;
}

/**
 * The day on which `n` working days have passed after a period, as an exclusive end: the day after the `n`th
 * working day, counted from `end`, the first day after the period, which counts itself when it is worked.
 *
 * 0 gives `end` itself. For March 2026 (`end` is Wednesday 1 April) with a plain week, 3 gives Saturday 4 April:
 * the Wednesday, Thursday and Friday have passed.
 *
 * @throws PlumblineError `CONFIG_NO_WORKING_DAYS` for a calendar whose weekend is the whole week
 */
export function workingDaysAfterEnd(end: CalendarDate, n: number, calendar: WorkingCalendar): CalendarDate {
  assertWholeNumber(n);
  if (n < 0) throw notACount(n);
  if (n === 0) return end;
  return addDays(addWorkingDays(addDays(end, -1), n, calendar), 1);
}

/**
 * The `n`th working day of a period, from its end for a negative `n`: -1 is the last. Half days count as in
 * {@link addWorkingDays}. `undefined` where the period has fewer.
 *
 * @param n any whole number but 0
 */
export function nthWorkingDay(period: DayRange, n: number, calendar: WorkingCalendar): CalendarDate | undefined {
  assertWholeNumber(n);
  if (n === 0) throw notACount(n);
  const off = daysOff(calendar);
  let left = Math.abs(n) * 2;
  const length = dayNumber(period.end) - dayNumber(period.start);
  for (let index = 0; index < length; index++) {
    const day = addDays(period.start, n > 0 ? index : length - 1 - index);
    left -= halvesOf(day, off);
    if (left <= 0) return day;
  }
  return undefined;
}

/** How many half working days a range of days has: 41 are twenty and a half days. */
export function workingHalfDays({ start, end }: DayRange, calendar: WorkingCalendar): number {
  const off = daysOff(calendar);
  let halves = 0;
  for (let day = start; day < end; day = addDays(day, 1)) halves += halvesOf(day, off);
  return halves;
}

function halvesOf(date: CalendarDate, { weekend, holidays, halfDays }: DaysOff): Halves {
  if (weekend.has(weekdayOf(dayNumber(date))) || holidays.has(date)) return 0;
  return halfDays.has(date) ? 1 : 2;
}

function daysOff(calendar: WorkingCalendar): DaysOff {
  let off = known.get(calendar);
  if (off === undefined) {
    const { weekend, holidays, halfDays = [] } = calendar;
    off = { weekend: new Set(weekend), holidays: new Set(holidays), halfDays: new Set(halfDays) };
    known.set(calendar, off);
  }
  return off;
}

function assertSomeWorkingDay(calendar: WorkingCalendar): void {
  if ([1, 2, 3, 4, 5, 6, 7].every((weekday) => calendar.weekend.includes(weekday))) {
    throw new PlumblineError(
      'config',
      'CONFIG_NO_WORKING_DAYS',
      'cannot count working days in a calendar that has none',
      { remedy: 'at least one weekday in working_week' },
    );
  }
}

function assertWholeNumber(n: number): void {
  if (!Number.isSafeInteger(n)) throw notACount(n);
}

function notACount(n: number): PlumblineError {
  return new PlumblineError('defect', 'BUG_BAD_DAY_COUNT', `cannot count "${n}" working days`, {
    remedy: 'a whole number of days',
  });
}
