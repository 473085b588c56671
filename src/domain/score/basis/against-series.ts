import type { Direction } from '../../measure/types.js';
import type { Target } from '../../target/types.js';
import { type Decimal, decimal } from '../../value/decimal.js';
import { type Fraction, whole } from '../../value/fraction.js';
import { withoutSeries } from '../quantity.js';
import type { PeriodFacts, SeriesBasis } from '../types.js';
import type { BasisReading } from './read-basis.js';

/**
 * A value `a` seen from the value `t` of a series.
 *
 * - `percent_of`: 100 + 100 × (a − t) ÷ |t|, which is a ÷ t × 100 for a `t` above 0. Below 0 it stays true that more is
 *   more: 3 against −2 is 350. At 0 there are no percent of it: 100 where the value meets it, else 0 or 200, whichever
 *   is the worse side of the direction; of `exact` the side the value is on.
 * - `distance_from`: |a − t| in the value's unit; 0 inside a range, its ends included
 * - `distance_percent_of`: that distance in percent of |t|; of a `t` of 0 it is 0 on it and 100 elsewhere
 * - `variance_from`: a − t, with its sign turned round where lower is better, so that above 0 is always better. Where
 *   a range or one exact value is good it is the distance, negative.
 * - `variance_percent_of`: that variance in percent of |t|, by the same rules
 *
 * A percentage of a range has no meaning and is `insufficient_data`.
 *
 * @see docs/decisions/2026-11-28-percent-of-any-target.md
 */
export function againstSeries({ kind, series }: SeriesBasis, facts: PeriodFacts): BasisReading {
  const held = facts.series(series);
  if (held === undefined) return withoutSeries(series, facts);
  const { value, direction } = facts;
  if (kind === 'distance_from') return { ok: true, value: whole(distance(value, held)) };
  if (kind === 'variance_from') return { ok: true, value: whole(variance(value, held, direction)) };
  if (held.kind === 'range') {
    const reason = `percent of ${series} has no meaning for the range ${held.low} to ${held.high}`;
    return { ok: false, status: 'insufficient_data', reason };
  }
  return { ok: true, value: percentage(kind, value, decimal(held.value), direction) };
}

function percentage(
  kind: 'percent_of' | 'distance_percent_of' | 'variance_percent_of',
  value: Decimal,
  goal: Decimal,
  direction: Direction,
): Fraction {
  switch (kind) {
    case 'percent_of':
      return percentOf(value, goal, direction);
    case 'distance_percent_of':
      if (goal.isZero()) return whole(decimal(value.isZero() ? '0' : '100'));
      return { numerator: value.minus(goal).abs().times(100), denominator: goal.abs() };
    case 'variance_percent_of': {
      const { numerator, denominator } = percentOf(value, goal, direction);
      const difference = numerator.minus(denominator.times(100));
      return { numerator: towardsGood(difference, direction), denominator };
    }
  }
}

function percentOf(value: Decimal, goal: Decimal, direction: Direction): Fraction {
  if (goal.isZero()) return whole(percentOfZero(value, direction));
  const size = goal.abs();
  return { numerator: size.plus(value).minus(goal).times(100), denominator: size };
}

function percentOfZero(value: Decimal, direction: Direction): Decimal {
  const above = value.greaterThan(0);
  if (meetsGoal(value, decimal('0'), direction)) return decimal('100');
  return decimal(above ? '200' : '0');
}

/** Whether a value is as good as a goal in the direction, or equal to it where no direction is better. */
export function meetsGoal(value: Decimal, goal: Decimal, direction: Direction): boolean {
  if (direction === 'higher-is-better') return value.greaterThanOrEqualTo(goal);
  return direction === 'lower-is-better' ? value.lessThanOrEqualTo(goal) : value.equals(goal);
}

function distance(value: Decimal, held: Target): Decimal {
  if (held.kind === 'value') return value.minus(held.value).abs();
  if (value.lessThan(held.low)) return decimal(held.low).minus(value);
  if (value.greaterThan(held.high)) return value.minus(held.high);
  return decimal('0');
}

function variance(value: Decimal, held: Target, direction: Direction): Decimal {
  return held.kind === 'range' ? distance(value, held).negated() : towardsGood(value.minus(held.value), direction);
}

/** A difference with the sign that makes better positive. */
function towardsGood(difference: Decimal, direction: Direction): Decimal {
  if (direction === 'higher-is-better') return difference;
  return direction === 'lower-is-better' ? difference.negated() : difference.abs().negated();
}
