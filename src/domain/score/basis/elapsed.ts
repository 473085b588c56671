import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from '../../period/types.js';
import { type Decimal, decimal } from '../../value/decimal.js';
import type { Fraction } from '../../value/fraction.js';

/** Days from one day to another, the latter not counted. Negative when it is earlier. */
export function daysFrom(start: CalendarDate, end: CalendarDate): Decimal {
  return decimal(String(Temporal.PlainDate.from(start).until(end, { largestUnit: 'days' }).days));
}

/**
 * Years from one day to a later one: whole ones by the calendar, and what remains as its part of the year it lies in.
 *
 * From 1 January to 1 January they are whole, whatever leap years are between.
 */
export function yearsFrom(start: CalendarDate, end: CalendarDate): Fraction {
  const first = Temporal.PlainDate.from(start);
  const { years } = first.until(end, { largestUnit: 'years' });
  const anniversary = first.add({ years }).toString();
  const length = daysFrom(anniversary, first.add({ years: years + 1 }).toString());
  return { numerator: length.times(years).plus(daysFrom(anniversary, end)), denominator: length };
}
