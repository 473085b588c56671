import { Temporal } from 'temporal-polyfill';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';

/** `2026-11-05 07:30` on the wall of a zone. */
export function localTime(instant: Instant, timeZone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** Whole days from one day to another; never below 0, since a day ahead is not old. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  const { days } = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' });
  return Math.max(0, days);
}

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
