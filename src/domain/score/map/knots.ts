import { type Decimal, decimal } from '../../value/decimal.js';
import { quantityIn, quantityText, quantityWords } from '../quantity.js';
import type { PeriodFacts, ScoreMap, Unreadable } from '../types.js';

/** A knot as it stands in a period. */
export interface Point {
  readonly at: Decimal;
  readonly score: Decimal;
}

/**
 * The knots of a map in a period.
 *
 * Series may bring knots out of order, such as a threshold above its benchmark: then a line between them would mean
 * nothing, and the outcome is `insufficient_data` with both names. Knots of the same quantity are a jump that the
 * configuration wrote, and stay one.
 */
export function knotsIn(
  map: ScoreMap,
  facts: Pick<PeriodFacts, 'series' | 'period'>,
): { readonly ok: true; readonly points: readonly Point[] } | Unreadable {
  const known = fixed.get(map);
  if (known !== undefined) return { ok: true, points: known };
  const points: Point[] = [];
  for (const [index, { at, score }] of map.knots.entries()) {
    const found = quantityIn(at, facts);
    if (!found.ok) return found;
    const before = points.at(-1);
    const left = map.knots[index - 1]?.at;
    if (before !== undefined && left !== undefined && quantityText(left) !== quantityText(at)) {
      const step = found.value.comparedTo(before.at);
      if (map.descending ? step >= 0 : step <= 0) {
        const reason = `${quantityWords(left, before.at)} has to be ${map.descending ? 'above' : 'below'} ${quantityWords(at, found.value)}`;
        return { ok: false, status: 'insufficient_data', reason };
      }
    }
    points.push({ at: found.value, score: decimal(score) });
  }
  if (map.knots.every(({ at }) => typeof at === 'string')) fixed.set(map, points);
  return { ok: true, points };
}

/** The knots of maps that are the same in every period. */
const fixed = new WeakMap<ScoreMap, readonly Point[]>();
