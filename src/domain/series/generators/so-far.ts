import type { CalendarDate, Period } from '../../period/types.js';
import type { Target } from '../../target/types.js';
import { canonical, Decimal, decimal, divide } from '../../value/decimal.js';
import type { DecimalText } from '../../value/types.js';
import { daysIn } from '../series-calendar.js';

/**
 * The part of a period's target that falls to its days before `until`, by their number: of 7 for a week, 1 after one
 * day. All of it from the period's end on, 0 before its start. For values that add up over time; a rate has no part.
 */
export function targetSoFar(target: Target, period: Pick<Period, 'start' | 'end'>, until: CalendarDate): Target {
  if (until >= period.end) return target;
  const passed = until <= period.start ? 0 : daysIn({ start: period.start, end: until });
  const part = (value: DecimalText): DecimalText =>
    canonical(divide(decimal(value).times(passed), new Decimal(daysIn(period))));
  return target.kind === 'value'
    ? { kind: 'value', value: part(target.value) }
    : { kind: 'range', low: part(target.low), high: part(target.high) };
}
