import { Temporal } from 'temporal-polyfill';
import { PlumblineError } from '../failure/plumbline-error.js';
import { assertCalendarDate, isCalendarDate, LAST_DATE } from './calendar-date.js';
import { addDays, compareInstants, dateInZone, endInstant } from './period-instants.js';
import type { CalendarDate, Frequency, Instant, Period } from './types.js';

/** Every frequency, from the finest grain to the coarsest. Weeks nest in no other grain but days. */
export const FREQUENCIES = [
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'half-yearly',
  'yearly',
] as const satisfies readonly Frequency[];

/** How many months a period has, where it is made of months. */
const MONTHS = { monthly: 1, quarterly: 3, 'half-yearly': 6, yearly: 12 } as const;

/**
 * The one period of a frequency that a day belongs to.
 *
 * Weeks are ISO 8601 weeks: Monday to Sunday, numbered in the week-year, so 2027-01-01 lies in `2026-W53`.
 * Calendar dates end at 9999-12-31: a period that reaches further has that day as its `end`.
 */
export function periodContaining(date: CalendarDate, frequency: Frequency): Period {
  assertCalendarDate(date);
  switch (frequency) {
    case 'daily':
      return { id: date, frequency, start: date, end: dayAfter(date) };
    case 'weekly':
      return weekContaining(date);
    case 'monthly':
    case 'quarterly':
    case 'half-yearly':
    case 'yearly':
      return monthsContaining(date, frequency);
  }
}

/** The period right after, of the same frequency. Throws a `defect` where the calendar ends. */
export function nextPeriod(period: Period): Period {
  const next = periodContaining(period.end, period.frequency);
  if (next.id === period.id) {
    throw new PlumblineError('defect', 'BUG_DATE_OUT_OF_RANGE', `there is no period after "${period.id}"`, {
      remedy: `a period that ends before ${LAST_DATE}`,
    });
  }
  return next;
}

/** The period right before, of the same frequency. Throws a `defect` before the year 1. */
export function previousPeriod(period: Period): Period {
  return periodContaining(addDays(period.start, -1), period.frequency);
}

/** The periods that lie wholly inside the days `[start, end)`, in order; one that is cut by either edge is left out. */
export function periodsIn(start: CalendarDate, end: CalendarDate, frequency: Frequency): Period[] {
  assertCalendarDate(end);
  const periods: Period[] = [];
  let period = periodContaining(start, frequency);
  while (period.end <= end) {
    if (period.start >= start && period.start < period.end) periods.push(period);
    if (period.end === LAST_DATE) break;
    period = nextPeriod(period);
  }
  return periods;
}

/**
 * The period an id names; the frequency is told by the form of the id.
 *
 * @throws PlumblineError `CONFIG_BAD_PERIOD` for another form and for periods that do not exist (`2026-13`, `2025-W53`)
 */
export function parsePeriodId(id: string): Period {
  const named = firstDayNamed(id);
  if (named !== undefined && isCalendarDate(named.date)) {
    const period = periodContaining(named.date, named.frequency);
    // A week 53 of a short year, or week 0, is a day of another week.
    if (period.id === id) return period;
  }
  throw new PlumblineError('config', 'CONFIG_BAD_PERIOD', `cannot read "${id}" as a period`, {
    remedy: 'an existing period: 2026-03-05, 2026-W12 (ISO week), 2026-03, 2026-Q1, 2026-H1 or 2026',
  });
}

/** Whether a period is over at `now`; at its very end it is. */
export function isPeriodClosed(period: Period, now: Instant, timeZone: string): boolean {
  return compareInstants(now, endInstant(period, timeZone)) >= 0;
}

/** The latest period of a frequency that is over at `now` in a zone. */
export function lastClosedPeriod(now: Instant, timeZone: string, frequency: Frequency): Period {
  return previousPeriod(periodContaining(dateInZone(now, timeZone), frequency));
}

function weekContaining(date: CalendarDate): Period {
  const day = Temporal.PlainDate.from(date);
  const monday = day.subtract({ days: day.dayOfWeek - 1 }).toString();
  const id = `${fourDigits(day.yearOfWeek ?? 0)}-W${twoDigits(day.weekOfYear ?? 0)}`;
  return { id, frequency: 'weekly', start: monday, end: daysAfter(day, 8 - day.dayOfWeek) };
}

function monthsContaining(date: CalendarDate, frequency: keyof typeof MONTHS): Period {
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

function monthsId(year: string, number: number, frequency: keyof typeof MONTHS): string {
  switch (frequency) {
    case 'monthly':
      return `${year}-${twoDigits(number)}`;
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
  if (/^\d{4}-Q[1-4]$/.test(id)) return { date: `${year}-${twoDigits(number * 3)}-01`, frequency: 'quarterly' };
  if (/^\d{4}-H[12]$/.test(id)) return { date: `${year}-${twoDigits(number * 6)}-01`, frequency: 'half-yearly' };
  // 4 January always lies in week 1.
  const weekOne = `${year}-01-04`;
  if (/^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/.test(id) && isCalendarDate(weekOne)) {
    return { date: daysAfter(Temporal.PlainDate.from(weekOne), (number - 1) * 7), frequency: 'weekly' };
  }
  return undefined;
}

function dayAfter(date: CalendarDate): CalendarDate {
  return daysAfter(Temporal.PlainDate.from(date), 1);
}

function daysAfter(day: Temporal.PlainDate, days: number): CalendarDate {
  const text = day.add({ days }).toString();
  return isCalendarDate(text) ? text : LAST_DATE;
}

function firstOfMonth(year: number, month: number): CalendarDate {
  return `${fourDigits(year)}-${twoDigits(month)}-01`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

function fourDigits(part: number): string {
  return String(part).padStart(4, '0');
}
