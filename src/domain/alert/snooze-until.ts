import { Temporal } from 'temporal-polyfill';
import { isCalendarDate } from '../period/calendar-date.js';
import { afterDuration, isDuration } from '../period/duration.js';
import { compareInstants, isInstant } from '../period/period-instants.js';
import type { Instant, WorkingCalendar } from '../period/types.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ](([01]\d|2[0-3]):[0-5]\d)$/;

/**
 * The instant that a person means by the end of a silence.
 *
 * A duration from now on: `30m`, `8h` by the clock, `3d`, `2w`, `3wd` by the calendar of the zone, at the same time of day. A day,
 * `2026-12-01`: when it begins there. A time of day, `09:00`: when the clock there shows it next. Both, `2026-12-01 09:00`. Or an
 * instant. A time that summer time leaves out is the one an hour later.
 *
 * @param calendar which days are worked; without it `3wd` is not understood
 * @returns `undefined` where it is none of these, or no day of the calendar; may be over already
 */
export function snoozeUntil(
  written: string,
  now: Instant,
  timeZone: string,
  calendar?: WorkingCalendar,
): Instant | undefined {
  if (isInstant(written)) return written;
  if (isDuration(written)) {
    return afterDuration(now, written, { timeZone, ...(calendar === undefined ? {} : { calendar }) });
  }
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone);
  if (TIME.test(written)) {
    const time = Temporal.PlainTime.from(written.padStart(5, '0'));
    const [today, tomorrow] = [0, 1].map((days) =>
      here.toPlainDate().add({ days }).toZonedDateTime({ timeZone, plainTime: time }).toInstant().toString(),
    );
    return today !== undefined && compareInstants(today, now) > 0 ? today : tomorrow;
  }
  const [, date = DATE.test(written) ? written : undefined, time] = DATE_TIME.exec(written) ?? [];
  if (date === undefined || !isCalendarDate(date)) return undefined;
  const day = Temporal.PlainDate.from(date);
  const begins = time === undefined ? { timeZone } : { timeZone, plainTime: Temporal.PlainTime.from(time) };
  return day.toZonedDateTime(begins).toInstant().toString();
}
