import type { Target } from '../target/types.js';
import { type Decimal, decimal, divide } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { Basis } from './types.js';

/** A value on the basis it is scored on, or why it has none. */
export type BasisReading =
  | { readonly ok: true; readonly value: Decimal }
  | { readonly ok: false; readonly reason: string };

/**
 * Puts a value on the basis of a score.
 *
 * `percent_of_target` is a percentage (100 is exactly on target, half-even at the places of `divide`) and exists
 * only for a single target above zero: at zero it has no value, and below zero it would turn better into worse.
 * `distance_from_target` is in the value's unit, never negative, and 0 inside a range, its ends included.
 * `value` needs no target; the others are not ok without one.
 */
export function basisValue(basis: Basis, value: DecimalText, target: Target | undefined): BasisReading {
  if (basis === 'value') return { ok: true, value: decimal(value) };
  if (target === undefined) return { ok: false, reason: 'no target is in force' };
  return basis === 'percent_of_target'
    ? percentOfTarget(value, target)
    : { ok: true, value: distanceFromTarget(decimal(value), target) };
}

function percentOfTarget(value: DecimalText, target: Target): BasisReading {
  if (target.kind === 'range') {
    return { ok: false, reason: `percent of target has no meaning for the range ${target.low} to ${target.high}` };
  }
  const goal = decimal(target.value);
  if (goal.lessThanOrEqualTo(0)) {
    return {
      ok: false,
      reason: `percent of target has no meaning for the target ${target.value}, which is not above 0`,
    };
  }
  return { ok: true, value: divide(decimal(value).times(100), goal) };
}

function distanceFromTarget(value: Decimal, target: Target): Decimal {
  if (target.kind === 'value') return value.minus(target.value).abs();
  if (value.lessThan(target.low)) return decimal(target.low).minus(value);
  if (value.greaterThan(target.high)) return value.minus(target.high);
  return decimal('0');
}
