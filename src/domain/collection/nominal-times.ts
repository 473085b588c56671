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

/**
 * The newest instant, not after another, at which a cadence starts a run. Where clocks are put forward over its time of day it has
 * none on that day.
 */
export function lastNominalTime(
  instant: Instant,
  cadence: TimeOfDay & { readonly weekday?: number; readonly day?: number },
): Instant {
  const { every, weekday, day, hour, minute, timeZone } = cadence;
  const now = Temporal.Instant.from(instant);
  if (every === 'hour') {
    const local = now.toZonedDateTimeISO(timeZone);
    const back = local.minute >= minute ? 0 : 60;
    const start = local.with({ second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
    return start
      .subtract({ minutes: local.minute - minute + back })
      .toInstant()
      .toString();
  }
  for (let date = now.toZonedDateTimeISO(timeZone).toPlainDate(); ; date = date.subtract({ days: 1 })) {
    if (every === 'week' && date.dayOfWeek !== weekday) continue;
    if (every === 'month' && date.day !== day) continue;
    const local = date.toZonedDateTime({ timeZone, plainTime: { hour, minute } });
    const isThere = local.hour === hour && local.minute === minute;
    if (isThere && Temporal.Instant.compare(local.toInstant(), now) <= 0) return local.toInstant().toString();
  }
}
