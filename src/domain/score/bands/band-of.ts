import { decimal } from '../../value/decimal.js';
import { compareFraction, type Fraction } from '../../value/fraction.js';
import { type BasisReading, readBasis } from '../basis/read-basis.js';
import { quantityIn } from '../quantity.js';
import type { Band, Basis, Comparison, PeriodFacts, Quantity, Unreadable } from '../types.js';

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
  const read = readingOnce(facts, score);
  for (const band of bands) {
    const holding = holds(band, facts, read);
    if (!holding.ok) return holding;
    if (holding.value) found ??= band;
  }
  return found === undefined
    ? { ok: false, status: 'insufficient_data', reason: 'none of the bands holds' }
    : { ok: true, band: found };
}

type Holding = { readonly ok: true; readonly value: boolean } | Unreadable;

/** Most bands are on one basis, which is read once for all that follow each other. */
function readingOnce(facts: PeriodFacts, score: Fraction | undefined): (basis: Basis) => BasisReading {
  let known: { readonly basis: Basis; readonly reading: BasisReading } | undefined;
  return (basis) => {
    if (basis === 'score') return scoreReading(score);
    if (basis === 'status') return scoreReading(undefined);
    if (known?.basis !== basis) known = { basis, reading: readBasis(basis, facts) };
    return known.reading;
  };
}

function holds(band: Band, facts: PeriodFacts, read: (basis: Basis) => BasisReading): Holding {
  const { basis, operator, limit, also } = band;
  if (operator === 'else') return { ok: true, value: true };
  const reading = read(basis);
  if (!reading.ok) return reading;
  const first = comparison(reading.value, operator, limit ?? '0', facts);
  if (!first.ok || also === undefined) return first;
  const second = comparison(reading.value, also.operator, also.limit, facts);
  return second.ok ? { ok: true, value: first.value && second.value } : second;
}

function scoreReading(score: Fraction | undefined): BasisReading {
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
