import { daysBetween } from '../../period/period-instants.js';
import { canonical, type Decimal, decimal, divide } from '../../value/decimal.js';
import { over, whole } from '../../value/fraction.js';
import type { ExpectedProgressBasis, PeriodFacts } from '../types.js';
import { yearsFrom } from './elapsed.js';
import { growthRate } from './growth-rate.js';
import { keptOrNot, wayOf } from './progress.js';
import type { BasisReading } from './read-basis.js';

/** A growth rate beyond this says that the numbers are wrong, and would not fit into any store. */
const HIGHEST_RATE = decimal('1000000000000');

/**
 * Progress against what is expected by the end of the period: 1 is as expected, 0.5 half of it.
 *
 * - `linear`: (a − b) ÷ (t − b) as a part of the days that have passed
 * - `compound`: the growth rate a year from `b` to `a` as a part of that from `b` to `t` which the goal needs, rates
 *   at 40 digits and their quotient at the places of `divide`. Only for numbers above 0: others do not grow by a rate.
 *
 * After the last day the whole way is expected and no more time passes. A period that ends before the first day expects
 * nothing yet and has no score; nor has a way against the direction. Where `b` and `t` are the same: 1 where the value meets the goal, else 0.
 */
export function expectedProgress(basis: ExpectedProgressBasis, facts: PeriodFacts): BasisReading {
  const way = wayOf(basis, facts);
  if (!way.ok) return way;
  const reached = facts.period.end < basis.end ? facts.period.end : basis.end;
  if (reached <= basis.start) {
    return unreadable(`progress is expected from ${basis.start} on, and the period ends before`);
  }
  const { from, to } = way;
  if (from.equals(to)) return keptOrNot(to, facts);
  if (basis.growth === 'compound') return compound(basis, from, to, facts, reached);
  const done = facts.value.minus(from).times(daysBetween(basis.start, basis.end));
  return { ok: true, value: over(done, to.minus(from).times(daysBetween(basis.start, reached))) };
}

function compound(
  { start, end }: ExpectedProgressBasis,
  from: Decimal,
  to: Decimal,
  facts: PeriodFacts,
  reached: string,
): BasisReading {
  const { value } = facts;
  const worst = [from, to, value].find((each) => each.lessThanOrEqualTo(0));
  if (worst !== undefined) {
    return unreadable(`compound growth has no meaning for ${canonical(worst)}, which is not above 0`);
  }
  const needed = growthRate(from, to, yearsFrom(start, end));
  const rate = growthRate(from, value, yearsFrom(start, reached));
  if (rate.greaterThan(HIGHEST_RATE) || needed.greaterThan(HIGHEST_RATE)) {
    return unreadable(`a growth from ${canonical(from)} to ${canonical(value)} in that time is beyond all measure`);
  }
  // Baseline and goal that differ in their fortieth digit grow by nothing that can be written.
  if (needed.isZero()) return keptOrNot(to, facts);
  return { ok: true, value: whole(divide(decimal(rate.toFixed()), decimal(needed.toFixed()))) };
}

function unreadable(reason: string): BasisReading {
  return { ok: false, status: 'insufficient_data', reason };
}
