import { Temporal } from 'temporal-polyfill';
import type { Instant } from './types.js';

/** `2026-11-05 07:30` on the wall of a zone. */
export function localTime(instant: Instant, timeZone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}
