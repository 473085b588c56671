import type { Direction } from '../../measure/types.js';
import type { Decimal } from '../../value/decimal.js';
import { decimal } from '../../value/decimal.js';
import { over, whole } from '../../value/fraction.js';
import { quantityIn, quantityWords } from '../quantity.js';
import type { PeriodFacts, ProgressBasis, Unreadable } from '../types.js';
import { meetsGoal } from './against-series.js';
import type { BasisReading } from './read-basis.js';

/** Where progress begins and ends in a period. */
interface Way {
  readonly ok: true;
  readonly from: Decimal;
  readonly to: Decimal;
}

/**
 * The part of the way from a baseline `b` to a goal `t` that a value `a` has done: (a − b) ÷ (t − b).
 *
 * Below 0 it has gone back, above 1 beyond the goal. A goal below the baseline needs no rule of its own where less is
 * better. Where both are the same there is no way to go: 1 where the value meets the goal, else 0.
 */
export function progress(basis: ProgressBasis, facts: PeriodFacts): BasisReading {
  const way = wayOf(basis, facts);
  if (!way.ok) return way;
  const { from, to } = way;
  if (from.equals(to)) return keptOrNot(to, facts);
  return { ok: true, value: over(facts.value.minus(from), to.minus(from)) };
}

/**
 * Both ends of the way in a period, or why there is none.
 *
 * A way that leads against the direction is `insufficient_data`: on it a worse value would have come further.
 */
export function wayOf(
  basis: Pick<ProgressBasis, 'from' | 'to'>,
  facts: Pick<PeriodFacts, 'direction' | 'period' | 'series' | 'lacking'>,
): Way | Unreadable {
  const from = quantityIn(basis.from, facts);
  if (!from.ok) return from;
  const to = quantityIn(basis.to, facts);
  if (!to.ok) return to;
  if (!leadsAway(to.value.minus(from.value), facts.direction)) return { ok: true, from: from.value, to: to.value };
  const higher = facts.direction === 'higher-is-better';
  const [start, goal] = [quantityWords(basis.from, from.value), quantityWords(basis.to, to.value)];
  const reason = `${start} has to be ${higher ? 'below' : 'above'} ${goal}, since ${higher ? 'higher' : 'lower'} is better`;
  return { ok: false, status: 'insufficient_data', reason };
}

/** Whether a way leads to where values are worse. */
export function leadsAway(step: Decimal, direction: Direction): boolean {
  if (direction === 'higher-is-better') return step.lessThan(0);
  return direction === 'lower-is-better' && step.greaterThan(0);
}

/** Progress where there is no way to go: 1 where the value meets the goal, else 0. */
export function keptOrNot(goal: Decimal, { value, direction }: PeriodFacts): BasisReading {
  return { ok: true, value: whole(decimal(meetsGoal(value, goal, direction) ? '1' : '0')) };
}
