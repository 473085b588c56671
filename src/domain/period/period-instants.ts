import { Temporal } from 'temporal-polyfill';
import { PlumblineError } from '../failure/plumbline-error.js';
import { assertCalendarDate, FIRST_DATE, isCalendarDate, LAST_DATE } from './calendar-date.js';
import type { CalendarDate, Instant, Period } from './types.js';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.(\d{1,9}))?Z$/;
const SECONDS_LENGTH = '2026-03-01T00:00:00'.length;
const DAY = 86_400_000;
/** What a Date of the language can hold, in milliseconds on both sides of 1970. */
const LAST_MOMENT = 8.64e15;

/** Starts of days that were worked out, by zone: thousands of measures ask for the same few. */
const startsByZone = new Map<string, Map<CalendarDate, Instant>>();
/** Days of a zone remembered before starting over: some 27 years. */
const MEMORY = 10_000;

/**
 * The instant at which a period, or a single day, begins in a zone.
 *
 * That is 00:00 local, or the first moment of the day where summer time skips midnight. A day the zone leaves
 * out altogether (Apia, 2011-12-30) begins where the next one does.
 */
export function startInstant(periodOrDate: Period | CalendarDate, timeZone: string): Instant {
  const date = typeof periodOrDate === 'string' ? periodOrDate : periodOrDate.start;
  const starts = startsOf(timeZone);
  const known = starts.get(date);
  if (known !== undefined) return known;
  const start = plainDate(date).toZonedDateTime(timeZone).toInstant().toString();
  if (starts.size >= MEMORY) starts.clear();
  starts.set(date, start);
  return start;
}

/** The instant at which a period, or a single day, is over in a zone: the start of the first day after it. */
export function endInstant(periodOrDate: Period | CalendarDate, timeZone: string): Instant {
  const after = typeof periodOrDate === 'string' ? addDays(periodOrDate, 1) : periodOrDate.end;
  return startInstant(after, timeZone);
}

/**
 * The day on a wall calendar in `timeZone` at an instant.
 *
 * Where that day is just outside the calendar, the last or first day in it: sources mark "for ever" by
 * 9999-12-31T23:59:59Z, and that must not throw east of Greenwich.
 */
export function dateInZone(instant: Instant, timeZone: string): CalendarDate {
  assertInstant(instant);
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();
  return day.year > 9999 ? LAST_DATE : day.year < 1 ? FIRST_DATE : day.toString();
}

/** `n` days later, earlier for a negative `n`. Throws a `defect` outside the years 1–9999. */
export function addDays(date: CalendarDate, n: number): CalendarDate {
  const later = midnight(date) + n * DAY;
  return withinCalendar(Math.abs(later) > LAST_MOMENT ? String(later) : new Date(later).toISOString().slice(0, 10));
}

/** How many days lie from `start` to `end`, the latter not counted; negative when `end` is earlier. */
export function daysBetween(start: CalendarDate, end: CalendarDate): number {
  return (midnight(end) - midnight(start)) / DAY;
}

/**
 * `n` calendar months later, earlier for a negative `n`; the last day of the month where it has no such day
 * (31 January + 1 is 28 or 29 February). Throws a `defect` outside the years 1–9999.
 */
export function addMonths(date: CalendarDate, n: number): CalendarDate {
  return withinCalendar(plainDate(date).add({ months: n }).toString());
}

/**
 * Order of two instants: -1, 0 or 1.
 *
 * Fractions of any length compare by value, which text does not: as text `…00.5Z` comes before `…00Z`.
 */
export function compareInstants(a: Instant, b: Instant): -1 | 0 | 1 {
  const left = sortKey(a);
  const right = sortKey(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The instant `milliseconds` later; negative ones go back. */
export function addMilliseconds(instant: Instant, milliseconds: number): Instant {
  return Temporal.Instant.from(instant).add({ milliseconds }).toString();
}

/** Milliseconds from `a` to `b`; negative when `b` is earlier. Parts of a millisecond are cut off. */
export function millisecondsBetween(a: Instant, b: Instant): number {
  return Temporal.Instant.from(a).until(Temporal.Instant.from(b), { largestUnit: 'milliseconds' }).milliseconds;
}

/** Whether a text is an {@link Instant}: UTC with seconds and `Z`, fraction up to nine digits, a day that exists. */
export function isInstant(text: string): boolean {
  return isCalendarDate(INSTANT.exec(text)?.[1] ?? '');
}

/**
 * Whether a text names a zone of the time zone database, `Europe/Berlin`, `UTC`.
 *
 * Fixed offsets (`+02:00`) are not zones: they know no summer time. Letter case counts, as it does for the
 * programs these names are handed to.
 */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(text)) return false;
  // The usual one needs no look into the database, which takes longer than all else that is checked.
  if (text === 'UTC') return true;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    return known === text || known.toLowerCase() !== text.toLowerCase();
  } catch {
    // Intl tells an unknown zone by a RangeError and in no other way.
    return false;
  }
}

function plainDate(date: CalendarDate): Temporal.PlainDate {
  assertCalendarDate(date);
  return Temporal.PlainDate.from(date);
}

/** Milliseconds of UTC at which a day begins: days have one length there, and are added as numbers. */
function midnight(date: CalendarDate): number {
  assertCalendarDate(date);
  return Date.parse(`${date}T00:00:00Z`);
}

function startsOf(timeZone: string): Map<CalendarDate, Instant> {
  const known = startsByZone.get(timeZone);
  if (known !== undefined) return known;
  const starts = new Map<CalendarDate, Instant>();
  startsByZone.set(timeZone, starts);
  return starts;
}

function withinCalendar(text: string): CalendarDate {
  if (!isCalendarDate(text)) {
    throw new PlumblineError('defect', 'BUG_DATE_OUT_OF_RANGE', `date arithmetic arrived at "${text}"`, {
      remedy: 'a day from 0001-01-01 to 9999-12-31',
    });
  }
  return text;
}

function sortKey(instant: Instant): string {
  assertInstant(instant);
  const fraction = instant.slice(SECONDS_LENGTH + 1, -1);
  return `${instant.slice(0, SECONDS_LENGTH)}.${fraction.padEnd(9, '0')}`;
}

function assertInstant(instant: Instant): void {
  if (!isInstant(instant)) {
    throw new PlumblineError('defect', 'BUG_NOT_AN_INSTANT', `cannot place "${instant}" in time`, {
      remedy: 'a UTC instant such as 2026-03-01T00:00:00Z',
    });
  }
}
