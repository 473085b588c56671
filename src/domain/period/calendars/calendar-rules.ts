import type { CalendarDate, Frequency, Period } from '../types.js';

/** What each kind of calendar answers; everything else about periods is made of these. */
export interface CalendarRules {
  /** Frequencies whose periods carry the calendar's prefix. Those of the others are the standard calendar's. */
  readonly own: readonly Frequency[];
  /** The period of one of its own frequencies that a day belongs to. */
  containing(date: CalendarDate, frequency: Frequency): Period;
  /** The period of one of its own frequencies with a number (from 1; 1 for years) in a year, if there is one. */
  numbered(year: number, frequency: Frequency, number: number): Period | undefined;
  /** Where in its year a period stands; `undefined` in a calendar without years. */
  placeOf(period: Period): YearPlace | undefined;
  /** The period that an id names, read without the prefix. */
  named(rest: string): Period | undefined;
}

/** A period's place in its year: the `number`th, from 1. */
export interface YearPlace {
  readonly year: number;
  readonly number: number;
}
