import type { CalendarDate, Frequency, Grain, Period, WorkingCalendar } from '../../period/types.js';
import { workingHalfDays } from '../../period/working-days.js';
import { canonical, Decimal, decimal, divide, roundTo } from '../../value/decimal.js';
import type { DecimalText } from '../../value/types.js';
import { daysIn, periodAfter, periodAt } from '../series-calendar.js';
import type { PerUnit, SeriesSource } from '../types.js';

const FREQUENCY = { week: 'weekly', month: 'monthly', year: 'yearly' } as const satisfies Partial<
  Record<PerUnit, Frequency>
>;

/** How much time, as an exact quotient: 2.5 months are `5 ÷ 2`. */
export interface Amount {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

/**
 * How many units of time lie in `[start, end)`.
 *
 * Days and working days are counted, half days as 0.5. Of weeks, months and years each day is the part of its own that it is: the 3 days
 * of May in a week are 3/31 of a month, so a month has exactly one month, whatever its days, and a year twelve.
 */
export function unitsIn(
  { start, end }: Pick<Period, 'start' | 'end'>,
  unit: PerUnit,
  grain: Grain,
  workingCalendar: WorkingCalendar,
): Amount {
  if (unit === 'day') return { numerator: new Decimal(daysIn({ start, end })), denominator: new Decimal(1) };
  if (unit === 'working_day') {
    const halves = workingHalfDays({ start, end }, workingCalendar);
    return { numerator: new Decimal(halves).dividedBy(2), denominator: new Decimal(1) };
  }
  const calendar: Grain = { ...grain, frequency: FREQUENCY[unit] };
  let [numerator, denominator] = [new Decimal(0), new Decimal(1)];
  for (let whole = periodAt(start, calendar); whole.start < end; whole = periodAfter(whole, calendar)) {
    const inside = daysIn({ start: later(start, whole.start), end: earlier(end, whole.end) });
    const days = daysIn(whole);
    // A whole unit keeps the denominator small.
    numerator = inside === days ? numerator.plus(denominator) : numerator.times(days).plus(denominator.times(inside));
    denominator = inside === days ? denominator : denominator.times(days);
    if (whole.end >= end) break;
  }
  return { numerator, denominator };
}

/** A rate times the units of time in `[start, end)`. */
export function perTime(
  { unit, value, places }: Extract<SeriesSource, { kind: 'per' }>,
  days: Pick<Period, 'start' | 'end'>,
  grain: Grain,
  workingCalendar: WorkingCalendar,
): DecimalText {
  const { numerator, denominator } = unitsIn(days, unit, grain, workingCalendar);
  const product = decimal(value).times(numerator);
  const exact = canonical(denominator.equals(1) ? product : divide(product, denominator));
  return places === undefined ? exact : roundTo(exact, places, 'half-up');
}

const later = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b);
const earlier = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? a : b);
