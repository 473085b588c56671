import { Temporal } from 'temporal-polyfill';
import { localTime } from '../period/local-time.js';
import type { Instant } from '../period/types.js';

const INSTANTS = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z\b/g;

/**
 * A time as people of a zone read it: `2026-06-09 06:30 Berlin time`.
 *
 * A time that the clocks show twice has its offset too: `2026-10-25 02:30 +01:00 Berlin time`.
 *
 * @param timeZone of the time zone database
 */
export function wallTime(instant: Instant, timeZone: string): string {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  const wall = zoned.toPlainDateTime();
  const [first, second] = (['earlier', 'later'] as const).map((each) =>
    wall.toZonedDateTime(timeZone, { disambiguation: each }),
  );
  const isTwice = first !== undefined && second !== undefined && !first.equals(second);
  return `${localTime(instant, timeZone)}${isTwice ? ` ${zoned.offset}` : ''} ${zoneInWords(timeZone)}`;
}

/** A text with each instant in it as people of a zone read it; all else, periods among it, stays. */
export function withWallTimes(text: string, timeZone: string): string {
  return text.replace(INSTANTS, (instant) => wallTime(instant, timeZone));
}

/** What people call a zone: `Berlin time`, `Buenos Aires time`; one without a place by its name: `UTC`. */
export function zoneInWords(timeZone: string): string {
  const [area, ...places] = timeZone.split('/');
  const place = places.at(-1);
  return place === undefined || area === 'Etc' ? timeZone : `${place.replaceAll('_', ' ')} time`;
}
