import { PlumblineError } from '../../failure/plumbline-error.js';
import { canonical, type Decimal, decimal } from '../../value/decimal.js';
import { compareFraction, type Fraction, quotient, roundToStep, whole } from '../../value/fraction.js';
import type { ScoreMap } from '../types.js';
import type { Point } from './knots.js';

/** What a map makes of a basis value, in the points of the map. */
export interface MappedPoints {
  /** As the map says: level or carried on outside, rounded. */
  readonly points: Fraction;
  /** The line the value is on, or the outer line carried on; never rounded. */
  readonly unclamped: Fraction;
}

/**
 * The points of a basis value by a piecewise-linear map.
 *
 * On a knot they are exactly the knot's; between knots the straight line. One knot is a constant. Where two knots share
 * their place the map jumps there, and the jump itself takes the later knot. Before the first knot `below` counts, from
 * the last knot on `beyond`; without them the map is level there, or carries its outer lines on as `limit` says.
 * Rounding is of all points but those of `below` and `beyond`, and so are its own limits.
 *
 * @param points the knots of the map in the period, in its order
 * @throws PlumblineError `BUG_EMPTY_SCORE_MAP` (defect) for a map without knots
 */
export function pointsAt(map: ScoreMap, points: readonly Point[], basisValue: Fraction): MappedPoints {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) {
    const value = canonical(quotient(basisValue));
    throw new PlumblineError('defect', 'BUG_EMPTY_SCORE_MAP', `Scoring ${value}: the map has no knots`);
  }
  const isBefore = (point: Point): boolean => {
    const order = compareFraction(basisValue, point.at);
    return map.descending ? order > 0 : order < 0;
  };
  if (isBefore(first)) {
    const unclamped = lineThrough(first, points[1] ?? first, first, basisValue);
    return { points: outside(map, map.below, first, unclamped), unclamped };
  }
  if (!isBefore(last)) {
    const unclamped = lineThrough(points.at(-2) ?? last, last, last, basisValue);
    return { points: outside(map, map.beyond, last, unclamped), unclamped };
  }
  const next = points.findIndex(isBefore);
  const unclamped = lineThrough(points[next - 1] ?? first, points[next] ?? last, last, basisValue);
  return { points: rounded(map, unclamped), unclamped };
}

function outside(map: ScoreMap, fixed: string | undefined, end: Point, carriedOn: Fraction): Fraction {
  if (fixed !== undefined) return whole(decimal(fixed));
  if (map.limit === 'none') return rounded(map, carriedOn);
  if (map.limit === undefined) return rounded(map, whole(end.score));
  return rounded(map, between(decimal('0'), carriedOn, decimal(map.points ?? '1')));
}

function between(low: Decimal, value: Fraction, high: Decimal): Fraction {
  if (compareFraction(value, low) < 0) return whole(low);
  return compareFraction(value, high) > 0 ? whole(high) : value;
}

function rounded({ round }: ScoreMap, points: Fraction): Fraction {
  if (round === undefined) return points;
  const result = roundToStep(points, round.step, round.mode);
  if (round.min !== undefined && result.lessThan(round.min)) return whole(decimal(round.min));
  return whole(round.max !== undefined && result.greaterThan(round.max) ? decimal(round.max) : result);
}

/** Value at `at` of the line through two points; of points that share their place, the score of `end`. */
function lineThrough(left: Point, right: Point, end: Point, { numerator, denominator }: Fraction): Fraction {
  const run = right.at.minus(left.at);
  if (run.isZero()) return whole(end.score);
  const rise = right.score.minus(left.score);
  const away = numerator.minus(left.at.times(denominator));
  const sum = left.score.times(run).times(denominator).plus(away.times(rise));
  const divisor = run.times(denominator);
  return divisor.isNegative()
    ? { numerator: sum.negated(), denominator: divisor.negated() }
    : { numerator: sum, denominator: divisor };
}
