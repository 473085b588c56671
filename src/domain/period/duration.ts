import { Temporal } from 'temporal-polyfill';
import type { Instant, WorkingCalendar } from './types.js';
import { addWorkingDays } from './working-days.js';

/** A length of time as people write it: `30m`, `8h`, `3d`, `2w`, or in working days `3wd`. */
export type Duration = string;

/** The clock and the calendar that days are counted by. */
export interface DayCount {
  readonly timeZone: string;
  /** Absent where nothing says which days are worked: `3wd` cannot be counted then. */
  readonly calendar?: WorkingCalendar;
}

const DURATION = /^(\d{1,4})(m|h|d|wd|w)$/;

const UNITS = { m: 'minute', h: 'hour', d: 'day', w: 'week', wd: 'working day' } as const;

/** Whether a text is a {@link Duration}. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/**
 * The instant so long after another.
 *
 * Minutes and hours go by the clock; days, weeks and working days by the calendar of the zone, at the same time of day: a day
 * has 23 or 25 hours where summer time begins or ends. A time that summer time leaves out is the one an hour later.
 *
 * @returns `undefined` where the text is no duration, or working days cannot be counted
 */
export function afterDuration(
  start: Instant,
  duration: Duration,
  { timeZone, calendar }: DayCount,
): Instant | undefined {
  const [, amount = '', unit] = DURATION.exec(duration) ?? [];
  const count = Number(amount);
  const here = Temporal.Instant.from(start).toZonedDateTimeISO(timeZone);
  switch (unit) {
    case 'm':
      return here.add({ minutes: count }).toInstant().toString();
    case 'h':
      return here.add({ hours: count }).toInstant().toString();
    case 'd':
      return here.add({ days: count }).toInstant().toString();
    case 'w':
      return here.add({ weeks: count }).toInstant().toString();
    case 'wd': {
      if (calendar === undefined) return undefined;
      const day = Temporal.PlainDate.from(addWorkingDays(here.toPlainDate().toString(), count, calendar));
      return day.toZonedDateTime({ timeZone, plainTime: here.toPlainTime() }).toInstant().toString();
    }
    default:
      return undefined;
  }
}

/** `3 days`, `1 working day`; what is no duration as it stands. */
export function durationInWords(duration: Duration): string {
  const [, amount = '', unit] = DURATION.exec(duration) ?? [];
  if (unit === undefined) return duration;
  const noun = UNITS[unit as keyof typeof UNITS];
  return Number(amount) === 1 ? `1 ${noun}` : `${Number(amount)} ${noun}s`;
}
