import { Temporal } from 'temporal-polyfill';
import { assertCalendarDate, isCalendarDate, LAST_DATE } from '../calendar-date.js';
import { padded } from '../day-number.js';
import type { CalendarDate, Frequency, Period } from '../types.js';
import { MONTHS, type OfMonths } from './year-of-months.js';

/**
 * The one period of the standard calendar that a day belongs to.
 *
 * Weeks are ISO 8601 weeks: Monday to Sunday, numbered in the week-year, so 2027-01-01 lies in `2026-W53`.
 * Calendar dates end at 9999-12-31: a period that reaches further has that day as its `end`.
 */
export function standardPeriodContaining(date: CalendarDate, frequency: Frequency): Period {
  assertCalendarDate(date);
  switch (frequency) {
    case 'daily':
      return { id: date, frequency, start: date, end: daysAfter(Temporal.PlainDate.from(date), 1) };
    case 'weekly':
      return weekContaining(date);
    case 'monthly':
    case 'quarterly':
    case 'half-yearly':
    case 'yearly':
      return monthsContaining(date, frequency);
  }
}

/** The period of the standard calendar that an id names; `undefined` where there is none. */
export function standardPeriodNamed(id: string): Period | undefined {
  const named = firstDayNamed(id);
  if (named === undefined || !isCalendarDate(named.date)) return undefined;
  const period = standardPeriodContaining(named.date, named.frequency);
  // A week 53 of a short year, or week 0, is a day of another week.
  return period.id === id ? period : undefined;
}

/** The id of the standard period with a number in a year (from 1; 1 for years), though there may be none such. */
export function standardId(year: number, frequency: Exclude<Frequency, 'daily'>, number: number): string {
  const digits = padded(year, 4);
  return frequency === 'weekly' ? `${digits}-W${padded(number, 2)}` : monthsId(digits, number, frequency);
}

function weekContaining(date: CalendarDate): Period {
  const day = Temporal.PlainDate.from(date);
  const monday = day.subtract({ days: day.dayOfWeek - 1 }).toString();
  const id = standardId(day.yearOfWeek ?? 0, 'weekly', day.weekOfYear ?? 0);
  return { id, frequency: 'weekly', start: monday, end: daysAfter(day, 8 - day.dayOfWeek) };
}

function monthsContaining(date: CalendarDate, frequency: OfMonths): Period {
  const year = Number.parseInt(date.slice(0, 4), 10);
  const month = Number.parseInt(date.slice(5, 7), 10);
  const length = MONTHS[frequency];
  const index = Math.floor((month - 1) / length);
  const afterMonth = (index + 1) * length + 1;
  return {
    id: monthsId(date.slice(0, 4), index + 1, frequency),
    frequency,
    start: firstOfMonth(year, index * length + 1),
    end: afterMonth <= 12 ? firstOfMonth(year, afterMonth) : year < 9999 ? firstOfMonth(year + 1, 1) : LAST_DATE,
  };
}

function monthsId(year: string, number: number, frequency: OfMonths): string {
  switch (frequency) {
    case 'monthly':
      return `${year}-${padded(number, 2)}`;
    case 'quarterly':
      return `${year}-Q${number}`;
    case 'half-yearly':
      return `${year}-H${number}`;
    case 'yearly':
      return year;
  }
}

/** A day inside the period an id names, which may turn out not to exist. */
function firstDayNamed(id: string): { date: CalendarDate; frequency: Frequency } | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(id)) return { date: id, frequency: 'daily' };
  if (/^\d{4}-\d{2}$/.test(id)) return { date: `${id}-01`, frequency: 'monthly' };
  if (/^\d{4}$/.test(id)) return { date: `${id}-01-01`, frequency: 'yearly' };
  const year = id.slice(0, 4);
  const number = Number.parseInt(id.slice(6), 10);
  if (/^\d{4}-Q[1-4]$/.test(id)) return { date: `${year}-${padded(number * 3, 2)}-01`, frequency: 'quarterly' };
  if (/^\d{4}-H[12]$/.test(id)) return { date: `${year}-${padded(number * 6, 2)}-01`, frequency: 'half-yearly' };
  // 4 January always lies in week 1.
  const weekOne = `${year}-01-04`;
  if (/^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/.test(id) && isCalendarDate(weekOne)) {
    return { date: daysAfter(Temporal.PlainDate.from(weekOne), (number - 1) * 7), frequency: 'weekly' };
  }
  return undefined;
}

function daysAfter(day: Temporal.PlainDate, days: number): CalendarDate {
  const text = day.add({ days }).toString();
  return isCalendarDate(text) ? text : LAST_DATE;
}

function firstOfMonth(year: number, month: number): CalendarDate {
  return `${padded(year, 4)}-${padded(month, 2)}-01`;
}
