import type { Instant } from '../../period/types.js';
import { type DayKey, dateOfKey, dayKey, NO_DAY } from './day-key.js';

/** Points in time: a day of UTC and the nanoseconds since it began, below 2^53. */
export interface InstantVector {
  readonly kind: 'datetime';
  /** {@link NO_DAY} where the cell is blank. */
  readonly days: Int32Array;
  readonly nanos: Float64Array;
}

export const NANOS_OF_SECOND = 1_000_000_000;
export const NANOS_OF_HOUR = 3600 * NANOS_OF_SECOND;

export function instantVector(capacity: number): InstantVector {
  return { kind: 'datetime', days: new Int32Array(capacity).fill(NO_DAY), nanos: new Float64Array(capacity) };
}

export function putInstant(vector: InstantVector, row: number, instant: Instant | null): void {
  vector.days[row] = instant === null ? NO_DAY : dayKey(instant);
  vector.nanos[row] = instant === null ? 0 : nanosOfDay(instant);
}

export function instantAt(vector: InstantVector, row: number): Instant | null {
  const day = vector.days[row] ?? NO_DAY;
  return day === NO_DAY ? null : instantText(day, vector.nanos[row] ?? 0);
}

/** In the form of cells: a fraction only where there is one, without trailing zeros. */
export function instantText(day: DayKey, nanos: number): Instant {
  const seconds = Math.floor(nanos / NANOS_OF_SECOND);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
  const rest = nanos % NANOS_OF_SECOND;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
  return `${dateOfKey(day)}T${clock}${fraction}Z`;
}

/** Of a UTC instant, or of a date, which is its beginning. */
export function nanosOfDay(time: string): number {
  if (time.length < 19) return 0;
  const part = (start: number): number => (time.charCodeAt(start) - 48) * 10 + time.charCodeAt(start + 1) - 48;
  let fraction = 0;
  let unit = NANOS_OF_SECOND;
  for (let at = 20; at < time.length && time.charCodeAt(at) <= 57; at++) {
    unit /= 10;
    fraction += (time.charCodeAt(at) - 48) * unit;
  }
  return (part(11) * 3600 + part(14) * 60 + part(17)) * NANOS_OF_SECOND + fraction;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
