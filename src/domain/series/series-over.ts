import type { Period } from '../period/types.js';
import type { Target } from '../target/types.js';
import { canonical, decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { SeriesContext, SeriesReading } from './context.js';
import { seriesAt } from './series-at.js';
import type { Series } from './types.js';

/** How values of finer periods make one of a coarser: they add up, or the last of them stands. */
export type SeriesLift = 'sum' | 'last';

/** Aggregations whose values of finer periods add up to that of a coarser one. */
const ADDS_UP: ReadonlySet<string> = new Set(['sum', 'count', 'cumulative']);

/** Whether the values of an aggregation, and so the targets they are held to, add up over time. */
export function addsUpOverTime(aggregation: string): boolean {
  return ADDS_UP.has(aggregation);
}

/** How the series of a measure are lifted, by the kind of its aggregation. */
export function liftOf(aggregation: string): SeriesLift {
  return addsUpOverTime(aggregation) ? 'sum' : 'last';
}

/**
 * The value of a series over several periods in order: a year to date, a quarter of months.
 *
 * Sums need a value in every period, since a sum without one of them would be too low to be held to; ranges add up end
 * by end. Rates stand at the last period's. Without any period there is no value.
 */
export function seriesOver(
  series: readonly Series[],
  name: string,
  periods: readonly Period[],
  context: SeriesContext,
  lift: SeriesLift,
): SeriesReading {
  const last = periods.at(-1);
  if (last === undefined) return { ok: false, reason: `there are no periods to take ${name} over` };
  if (lift === 'last') return seriesAt(series, name, last, context);
  let sum: Target | undefined;
  for (const period of periods) {
    const reading = seriesAt(series, name, period, context);
    if (!reading.ok) return { ok: false, reason: `${period.id}: ${reading.reason}` };
    sum = sum === undefined ? reading.target : plus(sum, reading.target);
    if (sum === undefined) return { ok: false, reason: `${name} is a range in some periods and one value in others` };
  }
  if (sum === undefined) return { ok: false, reason: `there are no periods to take ${name} over` };
  return { ok: true, target: sum, from: `the sum of ${periods[0]?.id} to ${last.id}` };
}

function plus(a: Target, b: Target): Target | undefined {
  if (a.kind === 'value' && b.kind === 'value') return { kind: 'value', value: add(a.value, b.value) };
  if (a.kind === 'range' && b.kind === 'range') {
    return { kind: 'range', low: add(a.low, b.low), high: add(a.high, b.high) };
  }
  return undefined;
}

function add(a: DecimalText, b: DecimalText): DecimalText {
  return canonical(decimal(a).plus(b));
}
