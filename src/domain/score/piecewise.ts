import { PlumblineError } from '../failure/plumbline-error.js';
import { canonical, type Decimal, decimal, divide } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { Knot, ScoreMap } from './types.js';

/** A score, and what it would be without limits. */
export interface MappedScore {
  /** Constant before the first and after the last knot. */
  readonly score: DecimalText;
  /** The first and last segments carried on. */
  readonly unclamped: DecimalText;
}

interface Point {
  readonly at: Decimal;
  readonly score: Decimal;
}

/**
 * The score of a basis value by a piecewise-linear map.
 *
 * On a knot it is exactly the knot's score; between knots the straight line, rounded half-even at the places of
 * `divide`. One knot is a constant. Knots ascend in `at`; where two share one `at` the map jumps there, and the
 * jump itself takes the later knot.
 *
 * @throws PlumblineError `BUG_EMPTY_SCORE_MAP` (defect) for a map without knots
 */
export function scoreAt(map: ScoreMap, basisValue: Decimal): MappedScore {
  const points = map.knots.map(pointOf);
  const [first, second] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) {
    throw new PlumblineError('defect', 'BUG_EMPTY_SCORE_MAP', `Scoring ${canonical(basisValue)}: the map has no knots`);
  }
  if (basisValue.lessThan(first.at)) {
    return outside(first, lineThrough(first, second ?? first, basisValue));
  }
  if (basisValue.greaterThanOrEqualTo(last.at)) {
    return outside(last, lineThrough(points.at(-2) ?? last, last, basisValue));
  }
  const upper = points.findIndex((point) => basisValue.lessThan(point.at));
  const score = canonical(lineThrough(points[upper - 1] ?? first, points[upper] ?? last, basisValue));
  return { score, unclamped: score };
}

function outside(end: Point, carriedOn: Decimal): MappedScore {
  return { score: canonical(end.score), unclamped: canonical(carriedOn) };
}

/** Value at `at` of the line through two points; of points that share their place, the second one's score. */
function lineThrough(left: Point, right: Point, at: Decimal): Decimal {
  const run = right.at.minus(left.at);
  if (run.isZero()) return right.score;
  const rise = right.score.minus(left.score);
  return left.score.plus(divide(at.minus(left.at).times(rise), run));
}

function pointOf(knot: Knot): Point {
  return { at: decimal(knot.at), score: decimal(knot.score) };
}
