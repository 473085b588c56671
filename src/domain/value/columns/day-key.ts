import type { CalendarDate } from '../../period/types.js';

/**
 * A day as a whole number that sorts as days do: years of twelve months of 31 days each, so that no calendar is needed to
 * make one of its digits. Days beside each other are near, not always consecutive.
 */
export type DayKey = number;

/** In a vector of days: the cell is blank. */
export const NO_DAY = -1;

const DAYS_IN_MONTH = Uint8Array.of(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/** The key of a day, or {@link NO_DAY} where the calendar has none: proleptic Gregorian, years 1–9999. */
export function dayKeyOf(year: number, month: number, day: number): DayKey {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return NO_DAY;
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  if (day > (DAYS_IN_MONTH[month - 1] ?? 0) + leapDay) return NO_DAY;
  return (year * 12 + month - 1) * 31 + day - 1;
}

/** The key of a date that is known to be one. */
export function dayKey(date: CalendarDate): DayKey {
  return dayKeyOf(digits(date, 0, 4), digits(date, 5, 7), digits(date, 8, 10));
}

export function dateOfKey(key: DayKey): CalendarDate {
  const month = Math.floor(key / 31);
  return `${padded(Math.floor(month / 12), 4)}-${padded((month % 12) + 1, 2)}-${padded((key % 31) + 1, 2)}`;
}

function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

function padded(part: number, width: number): string {
  return String(part).padStart(width, '0');
}
