/** How often a measure is reported. */
export type Frequency = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'half-yearly' | 'yearly';

/** A day of the proleptic Gregorian calendar as `YYYY-MM-DD`; never a JS `Date`. */
export type CalendarDate = string;

/** A point in time as UTC ISO text, `2026-03-01T00:00:00Z` (fraction only where it is not zero). */
export type Instant = string;

/**
 * A half-open interval of days `[start, end)` at a frequency.
 *
 * `id` is unique over all frequencies: `2026-03-05`, `2026-W12` (ISO week), `2026-03`, `2026-Q1`, `2026-H1`, `2026`.
 */
export interface Period {
  readonly id: string;
  readonly frequency: Frequency;
  /** First day, inside the period. */
  readonly start: CalendarDate;
  /** First day after the period. */
  readonly end: CalendarDate;
}

/** Which days count as working days. */
export interface WorkingCalendar {
  /** ISO weekday numbers that are never worked, 1 = Monday … 7 = Sunday. */
  readonly weekend: readonly number[];
  readonly holidays: readonly CalendarDate[];
}
