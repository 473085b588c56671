import { Temporal } from 'temporal-polyfill';
import { daysBetween } from '../../period/period-instants.js';
import type { CalendarDate } from '../../period/types.js';
import { decimal } from '../../value/decimal.js';
import type { Fraction } from '../../value/fraction.js';

/**
 * Years from one day to a later one: whole ones by the calendar, and what remains as its part of the year it lies in.
 *
 * From 1 January to 1 January they are whole, whatever leap years are between.
 */
export function yearsFrom(start: CalendarDate, end: CalendarDate): Fraction {
  const first = Temporal.PlainDate.from(start);
  const { years } = first.until(end, { largestUnit: 'years' });
  const anniversary = first.add({ years }).toString();
  const length = daysBetween(anniversary, first.add({ years: years + 1 }).toString());
  return {
    numerator: decimal(String(length * years + daysBetween(anniversary, end))),
    denominator: decimal(String(length)),
  };
}
