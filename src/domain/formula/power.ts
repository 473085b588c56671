import { Decimal } from '../value/decimal.js';
import { absolute, type Fraction, fractionOf, isZero, negated, over, whole, wholeNumberOf } from './fraction.js';
import type { NoValue } from './types.js';

/** Significant digits of a power that has no exact decimal, ties to even. */
const POWER_DIGITS = 40;

/** Digits a whole power may have and still be computed exactly. */
const EXACT_DIGITS = 2000;

/** Powers below ten to minus this are 0. */
const SMALLEST_PLACE = 1000;

/** Computes with digits to spare, so that what is kept of them is right. */
const Spacious = Decimal.clone({ precision: POWER_DIGITS + 30 });

/**
 * `base ^ exponent`.
 *
 * Whole exponents are exact; where the result would have more than two thousand digits, and for all other exponents, it
 * is rounded to {@link POWER_DIGITS} significant digits. `0 ^ 0` is 1. No value: 0 to a negative exponent, a negative
 * base to an exponent that is not whole.
 */
export function power(base: Fraction, exponent: Fraction): Fraction | NoValue {
  if (isZero(exponent)) return whole(1n);
  if (isZero(base)) {
    if (exponent.over > 0n) return base;
    return { code: 'zero_divisor', message: 'zero to a negative exponent divides by zero' };
  }
  const count = wholeNumberOf(exponent);
  if (count !== undefined) return wholePower(base, count);
  if (base.over > 0n) return approximate(base, exponent);
  return { code: 'no_real_number', message: 'a negative number to an exponent that is not whole is no real number' };
}

/**
 * The root of a degree: `root(x, 3)` is the cube root, also of negative numbers.
 *
 * Rounded as powers are, so roots that are exact come out exact. No value: degrees that are not whole or are 0, an
 * even root of a negative number, a root of 0 of a negative degree.
 */
export function root(of: Fraction, degree: Fraction): Fraction | NoValue {
  const count = wholeNumberOf(degree);
  if (count === undefined || count === 0n) {
    return { code: 'no_real_number', message: 'the degree of a root is a whole number other than zero' };
  }
  if (of.over >= 0n) return power(of, over(whole(1n), degree));
  if (count % 2n === 0n) {
    return { code: 'no_real_number', message: 'the even root of a negative number is no real number' };
  }
  const positive = power(absolute(of), over(whole(1n), degree));
  return 'code' in positive ? positive : negated(positive);
}

function wholePower(base: Fraction, exponent: bigint): Fraction | NoValue {
  const { over: upper, under } = lowest(exponent < 0n ? over(whole(1n), base) : base);
  const count = exponent < 0n ? -exponent : exponent;
  // 1 and -1 to the billionth are still themselves.
  if (under === 1n && (upper === 1n || upper === -1n)) return whole(count % 2n === 0n ? 1n : upper);
  const digits = BigInt(upper.toString().length + under.toString().length);
  if (digits * count > EXACT_DIGITS) return approximate(base, whole(exponent));
  return { over: upper ** count, under: under ** count };
}

/** A power rounded to {@link POWER_DIGITS}; the base is negative only where the exponent is whole. */
function approximate(base: Fraction, exponent: Fraction): Fraction | NoValue {
  const result = spacious(base).pow(spacious(exponent));
  if (!result.isFinite()) return { code: 'too_large', message: 'a power is too large' };
  // What is smaller than any place that is kept is 0, and has no digits worth carrying.
  if (result.e < -SMALLEST_PLACE) return whole(0n);
  return fractionOf(result.toSignificantDigits(POWER_DIGITS).toFixed());
}

function spacious({ over: upper, under }: Fraction): Decimal {
  return new Spacious(upper.toString()).div(new Spacious(under.toString()));
}

function lowest({ over: upper, under }: Fraction): Fraction {
  let [a, b] = [upper < 0n ? -upper : upper, under];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? { over: 0n, under: 1n } : { over: upper / a, under: under / a };
}
