import { zoneClock } from '../../period/zone-clock.js';
import { type DayKey, dayKey } from './day-key.js';
import { instantText, NANOS_OF_HOUR } from './instant-vector.js';

/** Hours remembered before starting over: some seven years of them. */
const MEMORY = 65_536;
const LAST_NANO = NANOS_OF_HOUR - 1;

/** Says on which day of a zone a point in time lies; an hour of UTC that lies within one day is looked up once. */
export function zoneDays(timeZone: string): (day: DayKey, nanos: number) => DayKey {
  const clock = zoneClock(timeZone);
  const hours = new Map<number, DayKey | undefined>();
  const dayAt = (day: DayKey, nanos: number): DayKey => dayKey(clock.dateAt(instantText(day, nanos)));
  return (day, nanos) => {
    const hour = Math.floor(nanos / NANOS_OF_HOUR);
    const key = day * 24 + hour;
    let known = hours.get(key);
    if (known === undefined && !hours.has(key)) {
      if (hours.size >= MEMORY) hours.clear();
      const begin = dayAt(day, hour * NANOS_OF_HOUR);
      known = begin === dayAt(day, hour * NANOS_OF_HOUR + LAST_NANO) ? begin : undefined;
      hours.set(key, known);
    }
    return known ?? dayAt(day, nanos);
  };
}
