import { PlumblineError } from '../failure/plumbline-error.js';
import type { CalendarDate } from './types.js';

const CALENDAR_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The first day that can be written as a {@link CalendarDate}. */
export const FIRST_DATE: CalendarDate = '0001-01-01';

/** The last day that can be written as a {@link CalendarDate}. */
export const LAST_DATE: CalendarDate = '9999-12-31';

/**
 * The day that the digits of a year, a month and a day of month name, or `undefined` where the calendar has none.
 *
 * Proleptic Gregorian, years 1–9999: 30 February, month 0 and year 0 are `undefined`, never another day.
 */
export function calendarDate(yearDigits: string, monthDigits: string, dayDigits: string): CalendarDate | undefined {
  const [year, month, day] = [whole(yearDigits), whole(monthDigits), whole(dayDigits)];
  if (!isDay(year, month, day)) return undefined;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Whether a text is a {@link CalendarDate}: the form `YYYY-MM-DD` and a day that exists. */
export function isCalendarDate(text: string): boolean {
  const match = CALENDAR_DATE.exec(text);
  if (match === null) return false;
  const [, year = '', month = '', day = ''] = match;
  return isDay(whole(year), whole(month), whole(day));
}

/** Throws a `defect` for what is not a date: dates are checked where they enter, so this is a mistake of ours. */
export function assertCalendarDate(date: CalendarDate): void {
  if (!isCalendarDate(date)) {
    throw new PlumblineError('defect', 'BUG_NOT_A_DATE', `cannot place "${date}" in the calendar`, {
      remedy: 'a date from 0001-01-01 to 9999-12-31 as YYYY-MM-DD',
    });
  }
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12)) return false;
  return day >= 1 && day <= daysInMonth(year, month);
}

/** @param month 1–12 */
export function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}

function whole(digits: string): number {
  return Number.parseInt(digits, 10);
}

function pad(part: number, width: number): string {
  return String(part).padStart(width, '0');
}
