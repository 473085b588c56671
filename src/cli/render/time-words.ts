import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from '#src/domain/period/types.js';

export { localTime } from '#src/domain/period/local-time.js';

/** Whole days from one day to another; never below 0, since a day ahead is not old. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  const { days } = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' });
  return Math.max(0, days);
}

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
