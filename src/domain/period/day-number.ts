import { daysInMonth, FIRST_DATE, LAST_DATE } from './calendar-date.js';
import type { CalendarDate, WeekdayNumber } from './types.js';

/** Days since 1970-01-01, for arithmetic in whole weeks and months; any whole number, in the calendar or not. */
export type DayNumber = number;

const DAYS_OF_400_YEARS = 146_097;

/**
 * The number of a day of the proleptic Gregorian calendar. Any year counts, 0 and 10000 too: a fiscal year that holds the
 * first or last day of the calendar begins or ends outside it.
 *
 * @param month 1–12
 * @see https://howardhinnant.github.io/date_algorithms.html (days_from_civil: years that begin in March have their odd day last)
 */
export function dayNumberOf(year: number, month: number, day: number): DayNumber {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_OF_400_YEARS + dayOfEra - 719_468;
}

/** The number of a date that is known to be one. */
export function dayNumber(date: CalendarDate): DayNumber {
  return dayNumberOf(yearOf(date), Number.parseInt(date.slice(5, 7), 10), Number.parseInt(date.slice(8), 10));
}

export function yearOf(date: CalendarDate): number {
  return Number.parseInt(date.slice(0, 4), 10);
}

/** The date of a number; the first or last of the calendar for one outside it. */
export function dateOfDayNumber(number: DayNumber): CalendarDate {
  const { year, month, day } = civil(number);
  if (year < 1) return FIRST_DATE;
  if (year > 9999) return LAST_DATE;
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** The calendar year of a day, in the calendar or not. */
export function yearOfDayNumber(number: DayNumber): number {
  return civil(number).year;
}

/** @see https://howardhinnant.github.io/date_algorithms.html (civil_from_days) */
function civil(number: DayNumber): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / DAYS_OF_400_YEARS);
  const dayOfEra = shifted - era * DAYS_OF_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}

/** The day of a month, or its last day where the month is shorter. `month` may lie outside 1–12 and counts on into other years. */
export function dayOrLastOfMonth(year: number, month: number, day: number): DayNumber {
  const inYear = year + Math.floor((month - 1) / 12);
  const ofYear = ((((month - 1) % 12) + 12) % 12) + 1;
  return dayNumberOf(inYear, ofYear, Math.min(day, daysInMonth(inYear, ofYear)));
}

/** 1970-01-01 was a Thursday. */
export function weekdayOf(number: DayNumber): WeekdayNumber {
  return (((((number + 3) % 7) + 7) % 7) + 1) as WeekdayNumber;
}

/** The latest day of a weekday that is not after a day. */
export function weekdayOnOrBefore(number: DayNumber, weekday: WeekdayNumber): DayNumber {
  return number - ((weekdayOf(number) - weekday + 7) % 7);
}

/** Digits of a part of an id or date. */
export function padded(part: number, width: number): string {
  return String(part).padStart(width, '0');
}
