import { canonical, Decimal, decimal, QUOTIENT_PLACES } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { PercentileMethod } from './types.js';

/**
 * A percentile of sorted values.
 *
 * A value that is hit exactly is given as it is. Between two values lies the straight line, rounded half-even to the places
 * of every quotient. `undefined` where the method has none: `exclusive` beyond 1/(n+1) and n/(n+1) of n values.
 *
 * @param at the value at a place from 0, ascending
 * @param count of values, above 0
 * @param p from 0 to 100
 */
export function quantile(
  at: (index: number) => DecimalText,
  count: number,
  p: DecimalText,
  method: PercentileMethod,
): DecimalText | undefined {
  const share = decimal(p).div(100);
  switch (method) {
    case 'nearest_rank':
      return at(indexOf(Decimal.max(share.times(count).ceil().minus(1), 0)));
    case 'linear':
      return between(at, share.times(count - 1));
    case 'exclusive': {
      const place = share.times(count + 1).minus(1);
      return place.isNegative() || place.greaterThan(count - 1) ? undefined : between(at, place);
    }
  }
}

function between(at: (index: number) => DecimalText, place: Decimal): DecimalText {
  const below = place.floor();
  const low = at(indexOf(below));
  const fraction = place.minus(below);
  if (fraction.isZero()) return low;
  const high = at(indexOf(below) + 1);
  if (high === low) return low;
  const [from, to] = [decimal(low), decimal(high)];
  return canonical(from.plus(fraction.times(to.minus(from))).toDecimalPlaces(QUOTIENT_PLACES));
}

function indexOf(place: Decimal): number {
  return place.toNumber();
}
