import { Temporal } from 'temporal-polyfill';
import { FIRST_DATE, isCalendarDate, LAST_DATE } from './calendar-date.js';
import { addDays, dateInZone } from './period-instants.js';
import type { CalendarDate, Instant } from './types.js';

/** A zone's wall clock, for many readings: remembers the offset of days it has seen. */
export interface ZoneClock {
  /** The day on the wall at an instant, as `dateInZone` has it. */
  dateAt(instant: Instant): CalendarDate;
  /**
   * The instant of a wall-clock time, its fraction up to nine digits; of a time that happens twice the earlier one,
   * `undefined` for a time the clocks skip. What falls outside the years 0001–9999 in UTC is `out_of_range`.
   */
  instantAt(date: CalendarDate, time: string): Instant | 'out_of_range' | undefined;
}

const SECONDS_OF_DAY = 86_400;
/** Days remembered before starting over: some 27 years. */
const MEMORY = 10_000;

/** A day of UTC through which the zone's offset, in seconds, stays the same, and the days beside it. */
interface SteadyDay {
  readonly offset: number;
  readonly before: CalendarDate;
  readonly after: CalendarDate;
}

/** The wall clock of a zone; make one per column or extract, not per cell. Throws a RangeError for an unknown zone. */
export function zoneClock(timeZone: string): ZoneClock {
  const days = new Map<CalendarDate, SteadyDay | undefined>();

  function steadyDay(date: CalendarDate): SteadyDay | undefined {
    if (!days.has(date)) {
      if (days.size >= MEMORY) days.clear();
      days.set(date, findSteadyDay(date, timeZone));
    }
    return days.get(date);
  }

  return {
    dateAt(instant) {
      const date = instant.slice(0, 10);
      const day = steadyDay(date);
      if (day === undefined) return dateInZone(instant, timeZone);
      const local = secondsOf(instant.slice(11, 19)) + day.offset;
      return local < 0 ? day.before : local >= SECONDS_OF_DAY ? day.after : date;
    },
    instantAt(date, time) {
      const day = steadyDay(date);
      // A local day lies within its own day of UTC and the two beside it: with one offset for all there is no jump.
      const steady =
        day !== undefined &&
        steadyDay(day.before)?.offset === day.offset &&
        steadyDay(day.after)?.offset === day.offset;
      if (!steady) return carefully(date, time, timeZone);
      const utc = secondsOf(time) - day.offset;
      const utcDate = utc < 0 ? day.before : utc >= SECONDS_OF_DAY ? day.after : date;
      return `${utcDate}T${clockOf((utc + SECONDS_OF_DAY) % SECONDS_OF_DAY)}${fractionOf(time)}Z`;
    },
  };
}

function carefully(date: CalendarDate, time: string, timeZone: string): Instant | 'out_of_range' | undefined {
  const wanted = Temporal.PlainDateTime.from(`${date}T${time}`);
  const zoned = wanted.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (!zoned.toPlainDateTime().equals(wanted)) return undefined;
  const text = zoned.toInstant().toString();
  return isCalendarDate(text.slice(0, 10)) ? text : 'out_of_range';
}

/**
 * A day is steady when both its ends have one offset: no zone has ever changed its clocks and changed them back
 * within a day. The first and last days of the calendar have no neighbour and are not.
 */
function findSteadyDay(date: CalendarDate, timeZone: string): SteadyDay | undefined {
  if (date === LAST_DATE || date === FIRST_DATE) return undefined;
  const after = addDays(date, 1);
  const offset = offsetAtStart(date, timeZone);
  // Before standard time some offsets had fractions of a minute; of a second none is known.
  if (offset !== offsetAtStart(after, timeZone) || !Number.isInteger(offset)) return undefined;
  return { offset, before: addDays(date, -1), after };
}

/** In seconds, at 00:00 UTC. */
function offsetAtStart(date: CalendarDate, timeZone: string): number {
  return Temporal.Instant.from(`${date}T00:00:00Z`).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1_000_000_000;
}

function secondsOf(time: string): number {
  const [hour = '', minute = '', second = ''] = time.slice(0, 8).split(':');
  return Number.parseInt(hour, 10) * 3600 + Number.parseInt(minute, 10) * 60 + Number.parseInt(second, 10);
}

function clockOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** The fraction with its point, without trailing zeros; nothing where it is zero. */
function fractionOf(time: string): string {
  return time.slice(8).replace(/\.?0*$/, '');
}
