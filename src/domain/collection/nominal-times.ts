import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../period/types.js';

/** The time of day of a cadence; for `hour` only the minute counts. */
interface TimeOfDay {
  readonly every: 'hour' | 'day' | 'week' | 'month';
  readonly hour: number;
  readonly minute: number;
  readonly timeZone: string;
}

/**
 * Whether an instant is one at which a cadence starts a run: its minute, to the second, on the clock of its zone.
 *
 * A run that a person triggers has the moment of that as its nominal time, and so is told apart; one in just that
 * second of the day is taken for the schedule's. Days are not looked at, so that a time the schedule skips or repeats
 * when clocks change needs no rule.
 */
export function isNominalTime(instant: Instant, { every, hour, minute, timeZone }: TimeOfDay): boolean {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  const fraction = local.millisecond + local.microsecond + local.nanosecond;
  return local.minute === minute && local.second === 0 && fraction === 0 && (every === 'hour' || local.hour === hour);
}
