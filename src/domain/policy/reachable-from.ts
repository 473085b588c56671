import { Temporal } from 'temporal-polyfill';
import { addDays, compareInstants, dateInZone } from '../period/period-instants.js';
import type { CalendarDate, Instant } from '../period/types.js';
import type { DaySpan, Hours } from './types.js';

/** Days looked ahead for an hour that is worked: who works on no day of two months is told all the same. */
const MOST_DAYS = 62;

interface Span {
  readonly start: Instant;
  /** Not included. */
  readonly end: Instant;
}

/**
 * The earliest time, from a time on, at which a person may be told: in working hours, where there are any, and out of quiet
 * hours.
 *
 * Spans are of the wall clock of the person's zone, each day anew: a quiet night lasts an hour less or more where summer time
 * begins or ends. A limit that the clocks skip is where they go on; one that they show twice counts the first time as a
 * beginning and the second time as an end. A person whose hours leave no time in two months is told at once.
 */
export function reachableFrom(at: Instant, hours: Hours): Instant {
  const { working, timeZone } = hours;
  if (working === undefined) return afterQuiet(at, hours);
  const today = dateInZone(at, timeZone);
  // The span of yesterday may go on after midnight.
  for (let ahead = -1; ahead <= MOST_DAYS; ahead++) {
    const day = addDays(today, ahead);
    const span = working.isWorked(day) ? spanOn(day, working, timeZone) : undefined;
    if (span === undefined) continue;
    const time = afterQuiet(later(at, span.start), hours);
    if (isBefore(time, span.end)) return time;
  }
  return at;
}

function afterQuiet(at: Instant, { quiet, timeZone }: Hours): Instant {
  if (quiet === undefined) return at;
  const today = dateInZone(at, timeZone);
  return [addDays(today, -1), today].reduce((time, day) => {
    const span = spanOn(day, quiet, timeZone);
    return span !== undefined && isWithin(time, span) ? span.end : time;
  }, at);
}

/** The span that begins on a day; `undefined` where summer time leaves nothing of it. */
function spanOn(day: CalendarDate, span: DaySpan, timeZone: string): Span | undefined {
  const last = span.to <= span.from ? addDays(day, 1) : day;
  const start = onWall(day, span.from, timeZone, 'earlier');
  const end = onWall(last, span.to, timeZone, 'later');
  return isBefore(start, end) ? { start, end } : undefined;
}

function onWall(day: CalendarDate, time: string, timeZone: string, twice: 'earlier' | 'later'): Instant {
  const wanted = Temporal.PlainDateTime.from(`${day}T${time}`);
  const zoned = wanted.toZonedDateTime(timeZone, { disambiguation: twice });
  if (zoned.toPlainDateTime().equals(wanted)) return zoned.toInstant().toString();
  // Skipped: the moment at which the clocks jump.
  const jump = wanted.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).getTimeZoneTransition('next');
  return (jump ?? zoned).toInstant().toString();
}

const isBefore = (a: Instant, b: Instant): boolean => compareInstants(a, b) < 0;
const isWithin = (time: Instant, { start, end }: Span): boolean => !isBefore(time, start) && isBefore(time, end);
const later = (a: Instant, b: Instant): Instant => (isBefore(a, b) ? b : a);
