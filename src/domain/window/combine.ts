import type { NoValue } from '../formula/types.js';
import type { Aggregation } from '../measure/types.js';
import { canonical, Decimal, decimal, divide } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { Combination, StoredPart } from './types.js';

const BY_AGGREGATION: Readonly<Record<string, Combination>> = {
  sum: 'sum',
  count: 'sum',
  cumulative: 'sum',
  min: 'min',
  max: 'max',
  first: 'first',
  last: 'last',
  snapshot: 'last',
  avg: 'ratio',
  'weighted-avg': 'ratio',
  weighted_avg: 'ratio',
  ratio: 'ratio',
};

/**
 * How the periods of an aggregation are put together: averages and ratios by their sums, never by a mean of means.
 *
 * `none` for those whose parts say nothing of the whole: medians, percentiles, distinct counts. What is cumulative
 * already (a to-date or rolling figure) keeps its last value.
 *
 * @see docs/decisions/2026-11-28-windows-combine-by-sums.md
 */
export function combinationOf(kind: Aggregation['kind'] | (string & {})): Combination {
  return BY_AGGREGATION[kind] ?? 'none';
}

/**
 * One part made of the parts of several periods, in their order; of none there is no value.
 *
 * A ratio (and an average, which is one) divides the sum of the numerators by the sum of the denominators, at the
 * places of `divide`, then times `scale`; it needs both sides of every part. The result of a ratio has both sides
 * too, so that combining in steps is combining at once; with nothing to divide by it has the sides and no value.
 */
export function combine(
  combination: Combination,
  parts: readonly StoredPart[],
  scale: DecimalText = '1',
): StoredPart | NoValue {
  if (combination === 'none') {
    return {
      code: 'not_combinable',
      message:
        'values of several periods cannot be combined: a median, percentile, distinct count or formula needs the rows',
    };
  }
  if (combination === 'ratio') return ratio(parts, scale);
  const values = parts.flatMap(({ value }) => (value === undefined ? [] : [decimal(value)]));
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return { code: 'absent_input', message: 'no period has a value' };
  switch (combination) {
    case 'sum':
      return { value: canonical(total(values)) };
    case 'min':
      return { value: canonical(Decimal.min(...values)) };
    case 'max':
      return { value: canonical(Decimal.max(...values)) };
    case 'mean':
      return { value: canonical(divide(total(values), new Decimal(values.length))) };
    case 'first':
      return { value: canonical(first) };
    case 'last':
      return { value: canonical(last) };
  }
}

/** Whether a part enters: a ratio whose denominator is 0 had no cases, which is known, and not missing. */
export function isThere(part: StoredPart | undefined, combination: Combination): part is StoredPart {
  if (part === undefined) return false;
  if (part.value !== undefined) return true;
  return combination === 'ratio' && part.numerator !== undefined && part.denominator !== undefined;
}

/** Why there is no value of a part that has its sides only. */
export const WITHOUT_CASES: NoValue = { code: 'zero_denominator', message: 'the denominator is 0' };

function ratio(parts: readonly StoredPart[], scale: DecimalText): StoredPart | NoValue {
  const [only] = parts;
  // One period alone needs no sides: its value stands.
  if (only?.value !== undefined && parts.length === 1) return only;
  const numerators = parts.flatMap(({ numerator }) => (numerator === undefined ? [] : [decimal(numerator)]));
  const denominators = parts.flatMap(({ denominator }) => (denominator === undefined ? [] : [decimal(denominator)]));
  if (parts.length === 0) return { code: 'absent_input', message: 'no period has a value' };
  if (numerators.length < parts.length || denominators.length < parts.length) {
    const message = 'a period has a value without numerator and denominator, and a mean of ratios would be wrong';
    return { code: 'not_combinable', message };
  }
  const [numerator, denominator] = [total(numerators), total(denominators)];
  const sides = { numerator: canonical(numerator), denominator: canonical(denominator) };
  return denominator.isZero() ? sides : { value: canonical(divide(numerator, denominator).times(scale)), ...sides };
}

function total(values: readonly Decimal[]): Decimal {
  return values.reduce((sum, value) => sum.plus(value), decimal('0'));
}
