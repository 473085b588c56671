import { canonical, type Decimal, decimal } from '../../value/decimal.js';
import { compareFractions, type Fraction, quotient, whole } from '../../value/fraction.js';
import type { DecimalText } from '../../value/types.js';
import { type BasisReading, readBasis } from '../basis/read-basis.js';
import type { Basis, PeriodFacts, ScoreMap, ScoreRule, Status, Unreadable } from '../types.js';
import { knotsIn } from './knots.js';
import { pointsAt } from './piecewise.js';

/** A score by a rule, and the way to it. */
export interface RuleScore {
  readonly ok: true;
  /** In the points of the map. */
  readonly points: Fraction;
  /** Points that are a score of 1. */
  readonly scale: Decimal;
  /** 1 is full points. */
  readonly unclamped: DecimalText;
  readonly basis: Basis;
  readonly basisValue: DecimalText;
  /** Which of several maps gave most, from 1; absent where there is one. */
  readonly best?: number;
}

/**
 * The score of a value by a rule, or why it has none.
 *
 * Of several maps the one with most points counts, of equal ones the first. A map that has no score, for want of a
 * baseline say, does not count; where none has one, the first says why.
 *
 * @param status what the bands say, for a map on the status; absent where the bands wait for the score
 */
export function scoreByRule(rule: ScoreRule, facts: PeriodFacts, status: Status | undefined): RuleScore | Unreadable {
  if (!('bestOf' in rule)) return scoreByMap(rule, facts, status);
  const outcomes = rule.bestOf.map((map) => scoreByMap(map, facts, status));
  let best: RuleScore | undefined;
  for (const [index, outcome] of outcomes.entries()) {
    if (!outcome.ok) continue;
    if (best === undefined || compareFractions(outcome.points, best.points) > 0) best = { ...outcome, best: index + 1 };
  }
  return best ?? outcomes[0] ?? { ok: false, status: 'insufficient_data', reason: 'there is no score map' };
}

function scoreByMap(map: ScoreMap, facts: PeriodFacts, status: Status | undefined): RuleScore | Unreadable {
  const reading = onBasis(map.basis, facts, status);
  if (!reading.ok) return reading;
  const knots = knotsIn(map, facts);
  if (!knots.ok) return knots;
  const { points, unclamped } = pointsAt(map, knots.points, reading.value);
  const scale = decimal(map.points ?? '1');
  return {
    ok: true,
    points,
    scale,
    unclamped: canonical(quotient(shareOf(unclamped, scale))),
    basis: map.basis,
    // Divided when it is asked for: only who explains a score does.
    get basisValue() {
      return canonical(quotient(reading.value));
    },
  };
}

/** Points as a share of full points. */
export function shareOf({ numerator, denominator }: Fraction, scale: Decimal): Fraction {
  return { numerator, denominator: denominator.times(scale) };
}

const STATUS_VALUES: Readonly<Record<Status, DecimalText>> = { on_track: '1', at_risk: '0.5', off_track: '0' };

function onBasis(basis: Basis, facts: PeriodFacts, status: Status | undefined): BasisReading {
  if (basis !== 'score' && basis !== 'status') return readBasis(basis, facts);
  if (basis === 'status' && status !== undefined) return { ok: true, value: whole(decimal(STATUS_VALUES[status])) };
  return { ok: false, status: 'insufficient_data', reason: 'the score and the status are each made of the other' };
}
