import { addDays, addMilliseconds, compareInstants, dateInZone, startInstant } from '../period/period-instants.js';
import type { CalendarDate, Instant } from '../period/types.js';
import { zoneClock } from '../period/zone-clock.js';
import type { DigestRule } from './types.js';

/** Longer than any two digests are apart. */
const MOST_DAYS_BACK = 32;

/** Longer than anybody is away. */
const MOST_DAYS_AWAY = 366;

/**
 * The latest time for a digest that is not after `now`: whatever was missed before it, is past.
 *
 * One of a day on which its reader is not there waits for the first day on which he is, at the same time of day. A wall-clock
 * time that the clocks skip is that long after midnight; of one that comes twice the earlier counts.
 *
 * @param isThere whether the reader is there on a day
 * @returns `undefined` while it waits for its reader
 */
export function latestDigestTime(
  rule: DigestRule,
  now: Instant,
  isThere: (date: CalendarDate) => boolean = () => true,
): Instant | undefined {
  const today = dateInZone(now, rule.timeZone);
  for (let back = 0; back <= MOST_DAYS_BACK; back++) {
    const date = addDays(today, -back);
    const at = isDigestDay(date, rule) ? timeOn(date, rule) : undefined;
    if (at !== undefined && compareInstants(at, now) <= 0) return timeFrom(date, rule, now, isThere);
  }
  // Not reached: every day, weekday and day of month up to 28 comes within 31 days.
  return now;
}

/** The time on the first day, from one on, on which the reader is there; `undefined` where that is to come. */
function timeFrom(
  date: CalendarDate,
  rule: DigestRule,
  now: Instant,
  isThere: (date: CalendarDate) => boolean,
): Instant | undefined {
  for (let ahead = 0; ahead <= MOST_DAYS_AWAY; ahead++) {
    const day = addDays(date, ahead);
    if (!isThere(day)) continue;
    const at = timeOn(day, rule);
    return compareInstants(at, now) <= 0 ? at : undefined;
  }
  return undefined;
}

function isDigestDay(date: CalendarDate, { every, weekday, day }: DigestRule): boolean {
  switch (every) {
    case 'day':
      return true;
    case 'week':
      return (new Date(`${date}T00:00:00Z`).getUTCDay() || 7) === weekday;
    case 'month':
      return Number.parseInt(date.slice(8), 10) === day;
  }
}

function timeOn(date: CalendarDate, { hour, minute, timeZone }: DigestRule): Instant {
  const pad = (part: number): string => String(part).padStart(2, '0');
  const at = zoneClock(timeZone).instantAt(date, `${pad(hour)}:${pad(minute)}:00`);
  if (at !== undefined && at !== 'out_of_range') return at;
  return addMilliseconds(startInstant(date, timeZone), (hour * 60 + minute) * 60_000);
}
