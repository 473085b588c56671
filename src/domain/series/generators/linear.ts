import type { Period } from '../../period/types.js';
import { canonical, Decimal, decimal, divide, roundTo } from '../../value/decimal.js';
import type { DecimalText } from '../../value/types.js';
import type { SeriesContext, SeriesReading } from '../context.js';
import { periodAfter, periodNamed } from '../series-calendar.js';
import type { SeriesSource } from '../types.js';
import { type Table, tableOf } from './tables.js';

type Linear = Extract<SeriesSource, { kind: 'linear' }>;

/**
 * The value of a period on straight lines from knot to knot, in equal steps from one period to the next, whatever
 * their days. The knots themselves are hit exactly, also when they have more places than the steps are rounded to.
 */
export function linearAt(name: string, source: Linear, period: Period, context: SeriesContext): SeriesReading {
  const table = tableOf(context, name, () => lineTable(source, context));
  const value = 'reason' in table ? undefined : table.get(period.id);
  const [first, last] = [source.knots[0], source.knots.at(-1)];
  const line = `the line from ${first?.period} to ${last?.period}`;
  if (value === undefined) return { ok: false, reason: `${period.id} is not on ${line}` };
  return { ok: true, target: { kind: 'value', value }, from: line };
}

function lineTable({ knots, places }: Linear, context: SeriesContext): Table {
  const table = new Map<string, DecimalText>();
  for (const [index, { period: id, value }] of knots.entries()) {
    table.set(id, value);
    const next = knots[index + 1];
    if (next === undefined) break;
    const between = periodsBetween(id, next.period, context);
    const rise = decimal(next.value).minus(value);
    for (const [step, period] of between.entries()) {
      const exact = canonical(decimal(value).plus(divide(rise.times(step + 1), new Decimal(between.length + 1))));
      table.set(period.id, places === undefined ? exact : roundTo(exact, places, 'half-up'));
    }
  }
  return table;
}

function periodsBetween(first: string, last: string, { grain }: SeriesContext): readonly Period[] {
  const end = periodNamed(last, grain).start;
  const periods: Period[] = [];
  for (let period = periodAfter(periodNamed(first, grain), grain); period.start < end; ) {
    periods.push(period);
    period = periodAfter(period, grain);
  }
  return periods;
}
