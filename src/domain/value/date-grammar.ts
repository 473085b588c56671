import { PlumblineError } from '../failure/plumbline-error.js';
import { calendarDate } from '../period/calendar-date.js';
import { periodNamed } from '../period/period.js';
import { periodOfDigits } from '../period/period-in-year.js';
import { isTimeZone } from '../period/period-instants.js';
import type { CalendarDate, Instant, PeriodCalendar } from '../period/types.js';
import { zoneClock } from '../period/zone-clock.js';
import {
  type CompiledPattern,
  compileDatePattern,
  dayDigits,
  isSerialPattern,
  type PatternKind,
  type PatternOptions,
} from './date-pattern.js';
import { errorTokenRejected, isErrorToken } from './error-token.js';
import { instantAtOffset, instantInZone } from './local-time.js';
import { accepted, rejected } from './reading.js';
import { serialDateReader, serialDateTimeReader } from './serial-date.js';
import type { Reading } from './types.js';

export { checkDatePattern } from './date-pattern.js';

const ISO_DATE = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ]00:00(?::00(?:\.0{1,9})?)?)?$/;
const ISO_DATE_TIME =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?(?: ?(?<offset>Z|z|[+-]\d{2}(?::?\d{2})?))?$/;

/**
 * Compiles how a column writes days, once for all its cells; see {@link readDate}.
 *
 * @throws PlumblineError `CONFIG_BAD_DATE_PATTERN`
 */
export function dateReader(
  pattern: string | undefined,
  options: PatternOptions = {},
): (text: string) => Reading<CalendarDate> {
  if (isSerialPattern(pattern)) return serialDateReader(pattern);
  if (pattern === undefined && options.calendar !== undefined) return periodIdReader(options.calendar);
  const form = pattern === undefined ? { expression: ISO_DATE } : compiled(pattern, 'date', options);
  const like = pattern ?? 'YYYY-MM-DD';
  return (text) => {
    const trimmed = text.trim();
    const fields = form.expression.exec(trimmed)?.groups;
    if (fields === undefined) return notWrittenLike(trimmed, 'date', like);
    return dayOf(fields, form);
  };
}

/**
 * Compiles how a column writes points in time, once for all its cells; see {@link readDateTime}.
 *
 * @throws PlumblineError `CONFIG_BAD_DATE_PATTERN`, `CONFIG_BAD_TIME_ZONE`
 */
export function dateTimeReader(
  pattern: string | undefined,
  timeZone: string,
  options: PatternOptions = {},
): (text: string) => Reading<Instant> {
  assertTimeZone(timeZone);
  const clock = zoneClock(timeZone);
  if (isSerialPattern(pattern)) return serialDateTimeReader(pattern, clock);
  const form = pattern === undefined ? { expression: ISO_DATE_TIME } : compiled(pattern, 'datetime', options);
  const like = pattern ?? 'YYYY-MM-DD HH:MM:SS, with or without a zone';
  return (text) => {
    const trimmed = text.trim();
    const fields = form.expression.exec(trimmed)?.groups;
    if (fields === undefined) return notWrittenLike(trimmed, 'date-time', like);
    const day = dayOf(fields, form);
    if (!day.ok) return day;
    const time = timeOf(fields);
    if (!time.ok) return time;
    const offset = fields['offset'];
    return offset === undefined
      ? instantInZone(day.value, time.value, clock)
      : instantAtOffset(day.value, time.value, offset);
  };
}

/** Cells that are ids of a calendar's periods, those of a list also as they stand in it: each is its first day. */
function periodIdReader(calendar: PeriodCalendar): (text: string) => Reading<CalendarDate> {
  return (text) => {
    const trimmed = text.trim();
    const listed = calendar.kind === 'list' ? periodNamed(calendar.prefix + trimmed, [calendar]) : undefined;
    const period = listed ?? periodNamed(trimmed, [calendar]);
    if (period !== undefined) return accepted(period.start);
    if (isErrorToken(trimmed)) return errorTokenRejected();
    return rejected('date_grammar', 'the text is no id of a period', `an id of the calendar, ${calendar.prefix}…`);
  };
}

/**
 * A day as written by `pattern`, or without one by ISO 8601 (`2026-03-01`; also a date-time at exactly midnight
 * without a zone, as databases print dates).
 *
 * The pattern `serial` reads the day numbers of spreadsheets. A pattern without a day gives the first of the month. A day that does not exist is `impossible_date`, never
 * another day; any other form is `date_grammar`. Outer white space is allowed; years 0001–9999.
 *
 * @throws PlumblineError `CONFIG_BAD_DATE_PATTERN` for a pattern `checkDatePattern` objects to; no text throws
 */
export function readDate(text: string, pattern: string | undefined): Reading<CalendarDate> {
  return dateReader(pattern)(text);
}

/**
 * A point in time as written by `pattern`, or without one by ISO 8601 with `T` or a space, seconds optional, up to
 * nine decimals, zone optional (`Z`, `+02:00`, `+0200`, `+02`).
 *
 * What carries no zone is local time in `timeZone`: a time the clocks skip is `zone_gap`; of a time that happens
 * twice, the earlier one is taken.
 *
 * @throws PlumblineError `CONFIG_BAD_DATE_PATTERN`, `CONFIG_BAD_TIME_ZONE`; no text throws
 */
export function readDateTime(text: string, pattern: string | undefined, timeZone: string): Reading<Instant> {
  return dateTimeReader(pattern, timeZone)(text);
}

type Fields = Readonly<Record<string, string | undefined>>;

function dayOf(fields: Fields, form: CompiledPattern): Reading<CalendarDate> {
  const { year, month, day } = dayDigits(fields, form);
  if (form.label !== undefined) return firstDayOfLabel(fields, year, form.label);
  const date = calendarDate(year, month, day);
  if (date !== undefined) return accepted(date);
  return rejected('impossible_date', 'the calendar has no such day', 'a day that exists, in the years 0001 to 9999');
}

function firstDayOfLabel(
  fields: Fields,
  year: string,
  { field, ...grain }: NonNullable<CompiledPattern['label']>,
): Reading<CalendarDate> {
  const period = periodOfDigits(year, grain, fields[field] ?? '1');
  if (period !== undefined) return accepted(period.start);
  return rejected('impossible_date', 'the calendar has no such period', 'a period that exists in its year');
}

/** Each field has two digits, so that texts compare as numbers do. */
function timeOf(fields: Fields): Reading<string> {
  const { hour = '', minute = '', second = '00', fraction = '0' } = fields;
  if (hour > '23' || minute > '59' || second > '59') {
    return rejected('impossible_date', 'the clock has no such time', 'a time from 00:00:00 to 23:59:59');
  }
  return accepted(`${hour}:${minute}:${second}.${fraction}`);
}

function compiled(pattern: string, kind: PatternKind, options: PatternOptions): CompiledPattern {
  const outcome = compileDatePattern(pattern, kind, options);
  if (typeof outcome !== 'string') return outcome;
  throw new PlumblineError('config', 'CONFIG_BAD_DATE_PATTERN', `cannot use the ${kind} pattern "${pattern}"`, {
    remedy: outcome,
  });
}

function assertTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) {
    throw new PlumblineError('config', 'CONFIG_BAD_TIME_ZONE', `cannot use the time zone "${timeZone}"`, {
      remedy: 'a name of the time zone database, such as Europe/Berlin or UTC',
    });
  }
}

function notWrittenLike(trimmed: string, what: string, like: string): Reading<never> {
  if (isErrorToken(trimmed)) return errorTokenRejected();
  return rejected(
    'date_grammar',
    `the text is not a ${what} as this column writes them`,
    `a ${what} written like ${like}`,
  );
}
