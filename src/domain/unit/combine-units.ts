import type { Aggregation } from '../measure/types.js';
import type { Combination } from '../window/types.js';

const BY_AGGREGATION: Readonly<Partial<Record<Aggregation['kind'], Combination>>> = {
  sum: 'sum',
  count: 'sum',
  // What a running total grew by in a period adds up as any amount does.
  cumulative: 'sum',
  min: 'min',
  max: 'max',
  avg: 'ratio',
  weighted_avg: 'ratio',
  ratio: 'ratio',
};

/**
 * How the values of units become that of the unit above them.
 *
 * `none` where that has to be said: medians, percentiles and distinct counts of parts say nothing of the whole, and the
 * last values of a period may be stocks, which add up, or prices, which do not. Unlike periods, units have no order.
 */
export function unitCombinationOf(kind: Aggregation['kind']): Combination {
  return BY_AGGREGATION[kind] ?? 'none';
}
