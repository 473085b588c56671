import { knotsIn } from '#src/domain/score/map/knots.js';
import { pointsAt } from '#src/domain/score/map/piecewise.js';
import type { ScoreMap } from '#src/domain/score/types.js';
import { canonical, type Decimal, decimal } from '#src/domain/value/decimal.js';
import { type Fraction, quotient, whole } from '#src/domain/value/fraction.js';

/** The points of a value by a map whose knots are plain numbers, in decimals. */
export function scoreAt(map: ScoreMap, basisValue: Decimal | string): { score: string; unclamped: string } {
  const knots = knotsIn(map, { period: { start: '2026-03-01', end: '2026-04-01' }, series: () => undefined });
  if (!knots.ok) throw new Error(knots.reason);
  const at = typeof basisValue === 'string' ? decimal(basisValue) : basisValue;
  const { points, unclamped } = pointsAt(map, knots.points, whole(at));
  const text = (fraction: Fraction): string => canonical(quotient(fraction));
  return { score: text(points), unclamped: text(unclamped) };
}
