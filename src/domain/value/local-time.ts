import { Temporal } from 'temporal-polyfill';
import { isInstant } from '../period/period-instants.js';
import type { CalendarDate, Instant } from '../period/types.js';
import type { ZoneClock } from '../period/zone-clock.js';
import { accepted, rejected } from './reading.js';
import type { Reading } from './types.js';

/**
 * The instant of a wall-clock time without an offset.
 *
 * A time the clocks skip is rejected as `zone_gap`; of a time that happens twice the earlier one is meant.
 */
export function instantInZone(date: CalendarDate, time: string, clock: ZoneClock): Reading<Instant> {
  const instant = clock.instantAt(date, time);
  if (instant === 'out_of_range') return outOfRange();
  if (instant !== undefined) return accepted(instant);
  return rejected(
    'zone_gap',
    'the clocks of the zone skip this time',
    'a time that exists in the zone of the column, or one written with its own offset',
  );
}

/** The instant of a wall-clock time at an offset from UTC: `Z`, `+02`, `+0200` or `+02:00`. */
export function instantAtOffset(date: CalendarDate, time: string, offset: string): Reading<Instant> {
  const [, sign = '+', hours = '00', minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  // No zone was ever further than 16 hours from UTC. Both have two digits, so that texts compare as numbers do.
  if (hours > '16' || minutes > '59') {
    return rejected('impossible_date', 'no zone is that far from UTC', 'an offset such as +02:00');
  }
  const instant = Temporal.Instant.from(`${date}T${time}${sign}${hours}:${minutes}`).toString();
  return isInstant(instant) ? accepted(instant) : outOfRange();
}

function outOfRange(): Reading<never> {
  return rejected('impossible_date', 'the time lies outside the years 0001 to 9999', 'a time in those years');
}
