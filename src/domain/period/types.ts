/** How often a measure is reported. */
export type Frequency = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'half-yearly' | 'yearly';

/** A day of the proleptic Gregorian calendar as `YYYY-MM-DD`; never a JS `Date`. */
export type CalendarDate = string;

/** A point in time as UTC ISO text, `2026-03-01T00:00:00Z` (fraction only where it is not zero). */
export type Instant = string;

/** Days `[start, end)`. */
export interface DayRange {
  /** First day, inside the range. */
  readonly start: CalendarDate;
  /** First day after it. */
  readonly end: CalendarDate;
}

/**
 * A half-open interval of days `[start, end)` at a frequency.
 *
 * `id` is unique over all frequencies and calendars of a site: `2026-03-05`, `2026-W12` (ISO week), `2026-03`,
 * `2026-Q1`, `2026-H1`, `2026`; in a calendar with the prefix FY `FY2026-W05`, `FY2026-P01`, `FY2026-Q1`, `FY2026-H1`,
 * `FY2026`.
 */
export interface Period extends DayRange {
  readonly id: string;
  readonly frequency: Frequency;
}

/**
 * What periods a measure or scorecard has: a frequency in a calendar. Without a calendar it is the standard one: ISO
 * weeks, calendar months and what is made of them.
 */
export interface Grain {
  readonly frequency: Frequency;
  readonly calendar?: PeriodCalendar;
}

/**
 * How a calendar cuts time into periods, as plain JSON data.
 *
 * `prefix` begins the ids of periods that the standard calendar has not; no two calendars of a site have prefixes of
 * which one begins the other, so that an id is read one way.
 */
export type PeriodCalendar = FiscalCalendar | WeeksCalendar | RetailCalendar | ListCalendar;

/** ISO number of a day of the week, 1 = Monday … 7 = Sunday. */
export type WeekdayNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Which weeks there are, and to which year one belongs that lies in two. */
export interface WeekRule {
  readonly start: WeekdayNumber;
  /** Least days of a year in its first week, 1–7: 4 is ISO's rule (most of the week), 1 takes the week of its first day. */
  readonly minimumDays: number;
}

/** Which year's number a year carries that lies in two. */
export type YearName = 'start' | 'end';

/** A year of twelve months that begins on any day; what is made of its months is its own, its days are everybody's. */
export interface FiscalCalendar {
  readonly kind: 'fiscal';
  readonly prefix: string;
  /** The first day of the year, one that every year has. Each month begins on that day, or on its last where it is shorter. */
  readonly month: number;
  readonly day: number;
  readonly named: YearName;
  /** Weeks numbered in the fiscal year. Absent: ISO weeks, under their own ids. */
  readonly weeks?: WeekRule;
}

/** The standard calendar, but for its weeks. */
export interface WeeksCalendar {
  readonly kind: 'weeks';
  readonly prefix: string;
  readonly weeks: WeekRule;
}

/** A year of 52 or 53 whole weeks: quarters of 13 weeks, cut into three months by a pattern. */
export interface RetailCalendar {
  readonly kind: 'retail';
  readonly prefix: string;
  /** Weeks of the three months of a quarter. */
  readonly pattern: readonly [number, number, number];
  /** The last day of the year: the last of its weekdays in a month, or the one nearest to the month's end. */
  readonly yearEnd: { readonly weekday: WeekdayNumber; readonly rule: 'last' | 'nearest'; readonly month: number };
  readonly named: YearName;
  /** The month, 1–12, that has the 53rd week of a year with one. */
  readonly extraWeekIn: number;
}

/**
 * Periods of one frequency as somebody listed them: terms, campaigns. Days before and after lie in two periods of their
 * own, `<prefix>before` and `<prefix>after`, so that each day has a period.
 */
export interface ListCalendar {
  readonly kind: 'list';
  readonly prefix: string;
  readonly frequency: Frequency;
  /** Ascending, at least one; each ends where the next begins. Ids without the prefix. */
  readonly periods: readonly { readonly id: string; readonly start: CalendarDate }[];
  /** First day after the last. */
  readonly end: CalendarDate;
}

/** Which days count as working days. */
export interface WorkingCalendar {
  /** ISO weekday numbers that are never worked, 1 = Monday … 7 = Sunday. */
  readonly weekend: readonly number[];
  readonly holidays: readonly CalendarDate[];
  /** Days of which half is worked. A holiday or weekend among them stays one. */
  readonly halfDays?: readonly CalendarDate[];
}
