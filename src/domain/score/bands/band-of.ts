import { decimal } from '../../value/decimal.js';
import { compareFraction, type Fraction } from '../../value/fraction.js';
import { readBasis } from '../basis/read-basis.js';
import { quantityIn } from '../quantity.js';
import type { Band, Comparison, PeriodFacts, Quantity, Unreadable } from '../types.js';

/**
 * The band of a value: the first one that holds.
 *
 * Comparisons are exact: no side is rounded before. With `>=` a value equal to the limit is in the band, with `>` it
 * is in the next. All bands are read, also those after the one that holds: a series without a value in the period
 * leaves no value of the measure with a status, so that a status never hangs on which side of a limit the value is.
 *
 * @param score the points of the measure's score; absent where no band is on the score
 * @returns `insufficient_data` where no band holds, which ranges with open ends can leave
 */
export function bandOf(
  bands: readonly Band[],
  facts: PeriodFacts,
  score: Fraction | undefined,
): { readonly ok: true; readonly band: Band } | Unreadable {
  let found: Band | undefined;
  for (const band of bands) {
    const holding = holds(band, facts, score);
    if (!holding.ok) return holding;
    if (holding.value) found ??= band;
  }
  return found === undefined
    ? { ok: false, status: 'insufficient_data', reason: 'none of the bands holds' }
    : { ok: true, band: found };
}

type Holding = { readonly ok: true; readonly value: boolean } | Unreadable;

function holds(band: Band, facts: PeriodFacts, score: Fraction | undefined): Holding {
  const { basis, operator, limit, also } = band;
  if (operator === 'else') return { ok: true, value: true };
  const reading =
    basis === 'score' ? scoreReading(score) : basis === 'status' ? scoreReading(undefined) : readBasis(basis, facts);
  if (!reading.ok) return reading;
  const first = comparison(reading.value, operator, limit ?? '0', facts);
  if (!first.ok || also === undefined) return first;
  const second = comparison(reading.value, also.operator, also.limit, facts);
  return second.ok ? { ok: true, value: first.value && second.value } : second;
}

function scoreReading(score: Fraction | undefined): { readonly ok: true; readonly value: Fraction } | Unreadable {
  return score === undefined
    ? { ok: false, status: 'insufficient_data', reason: 'there is no score to compare' }
    : { ok: true, value: score };
}

function comparison(value: Fraction, operator: Comparison, limit: Quantity, facts: PeriodFacts): Holding {
  const found = quantityIn(limit, facts);
  return found.ok ? { ok: true, value: isOnSide(compareFraction(value, found.value), operator) } : found;
}

function isOnSide(order: number, operator: Comparison): boolean {
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '=':
      return order === 0;
  }
}

/** Whether a band whose limits are plain numbers holds for a value on its basis. */
export function isWithin({ operator, limit, also }: Band, value: Fraction): boolean {
  const passes = (comparison: Comparison, number: Quantity | undefined): boolean =>
    typeof number === 'string' && isOnSide(compareFraction(value, decimal(number)), comparison);
  if (operator === 'else') return true;
  return passes(operator, limit) && (also === undefined || passes(also.operator, also.limit));
}
