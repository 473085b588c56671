import { type Decimal, decimal, divide, type RoundingMode } from './decimal.js';
import type { DecimalText } from './types.js';

/**
 * A quotient that has not been divided yet; the denominator is above 0.
 *
 * A limit is compared with it and a step rounded to it exactly, which the rounded quotient would not allow: 2 ÷ 3 is
 * below every number that is above it, however near.
 */
export interface Fraction {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

/** A decimal as a fraction of 1. */
export function whole(value: Decimal): Fraction {
  return { numerator: value, denominator: decimal('1') };
}

/** `a ÷ b` for any `b` other than 0: a negative one gives its sign to the numerator. */
export function over(a: Decimal, b: Decimal): Fraction {
  return b.isNegative() ? { numerator: a.negated(), denominator: b.negated() } : { numerator: a, denominator: b };
}

/** The fraction in decimals, rounded once as {@link divide} does. */
export function quotient({ numerator, denominator }: Fraction): Decimal {
  return divide(numerator, denominator);
}

/** Order of a fraction and a decimal, without dividing: -1, 0 or 1. */
export function compareFraction({ numerator, denominator }: Fraction, limit: Decimal): number {
  return numerator.comparedTo(limit.times(denominator));
}

/** Order of two fractions, without dividing: -1, 0 or 1. */
export function compareFractions(a: Fraction, b: Fraction): number {
  return a.numerator.times(b.denominator).comparedTo(b.numerator.times(a.denominator));
}

/**
 * The multiple of `step` (above 0) that a fraction is rounded to: 4.5 by the step 1 is 5 half up and 4 half even.
 *
 * From the exact fraction: 4.4999… with more nines than a decimal keeps is still below the half.
 */
export function roundToStep({ numerator, denominator }: Fraction, step: DecimalText, mode: RoundingMode): Decimal {
  const unit = denominator.times(step);
  const low = numerator.dividedToIntegerBy(unit);
  const below = numerator.isNegative() && !low.times(unit).equals(numerator) ? low.minus(1) : low;
  const rest = numerator.minus(below.times(unit));
  const up = !rest.isZero() && goesUp(mode, numerator.isNegative(), rest.times(2).comparedTo(unit), below);
  return below.plus(up ? 1 : 0).times(step);
}

/** Whether what lies strictly between two multiples goes to the upper one; `half` is its order to their middle. */
function goesUp(mode: RoundingMode, negative: boolean, half: number, below: Decimal): boolean {
  switch (mode) {
    case 'ceiling':
      return true;
    case 'floor':
      return false;
    case 'up':
      return !negative;
    case 'down':
      return negative;
    case 'half-up':
      return half > 0 || (half === 0 && !negative);
    case 'half-down':
      return half > 0 || (half === 0 && negative);
    case 'half-even':
      return half > 0 || (half === 0 && !below.modulo(2).isZero());
  }
}
