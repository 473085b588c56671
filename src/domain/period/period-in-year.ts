import { grainOf, ownRules } from './calendars/rules-of.js';
import { standardId, standardPeriodNamed } from './calendars/standard-calendar.js';
import type { Frequency, Grain, Period } from './types.js';

/**
 * The period with a number in a year of a grain's calendar: the 3rd month of FY2026, week 12 of 2026; 1 for years.
 *
 * `undefined` where the year has no such (week 53 of a short one), in a list of periods, and for days, which are not
 * counted so.
 */
export function periodNumbered(year: number, grain: Frequency | Grain, number: number): Period | undefined {
  const asked = grainOf(grain);
  if (asked.frequency === 'daily' || asked.calendar?.kind === 'list') return undefined;
  const own = ownRules(asked);
  return own === undefined
    ? standardPeriodNamed(standardId(year, asked.frequency, number))
    : own.numbered(year, asked.frequency, number);
}

/** As {@link periodNumbered}, of year and number as a cell has them in digits. */
export function periodOfDigits(year: string, grain: Grain, number: string): Period | undefined {
  return periodNumbered(Number.parseInt(year, 10), grain, Number.parseInt(number, 10));
}
