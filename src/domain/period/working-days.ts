import { Temporal } from 'temporal-polyfill';
import { PlumblineError } from '../failure/plumbline-error.js';
import { assertCalendarDate } from './calendar-date.js';
import { addDays } from './period-instants.js';
import type { CalendarDate, WorkingCalendar } from './types.js';

/** Whether a day is worked: neither one of the weekend's weekdays nor a holiday. */
export function isWorkingDay(date: CalendarDate, calendar: WorkingCalendar): boolean {
  assertCalendarDate(date);
  return !calendar.weekend.includes(Temporal.PlainDate.from(date).dayOfWeek) && !calendar.holidays.includes(date);
}

/**
 * The `n`th working day strictly after a day, or before it for a negative `n`, whether or not the day itself is
 * worked. 0 gives the day itself, worked or not.
 *
 * @throws PlumblineError `CONFIG_NO_WORKING_DAYS` for a calendar whose weekend is the whole week
 */
export function addWorkingDays(date: CalendarDate, n: number, calendar: WorkingCalendar): CalendarDate {
  assertWholeNumber(n);
  assertSomeWorkingDay(calendar);
  const step = n < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step);
    if (isWorkingDay(day, calendar)) left -= 1;
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
