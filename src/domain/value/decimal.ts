import { Decimal as Base } from 'decimal.js';
import { PlumblineError } from '../failure/plumbline-error.js';
import type { DecimalText } from './types.js';

const CANONICAL = /^(?:0|-?(?:[1-9]\d*(?:\.\d*[1-9])?|0\.\d*[1-9]))$/;

/**
 * Exact decimal arithmetic: decimal.js with 120 significant digits, ties to even, and exponents to ±100,000.
 *
 * Sums, differences and products of values up to 38 digits are exact. For quotients use {@link divide}.
 */
export const Decimal = Base.clone({
  defaults: true,
  precision: 120,
  rounding: Base.ROUND_HALF_EVEN,
  minE: -100_000,
  maxE: 100_000,
});
export type Decimal = Base;

/** Decimal places of every quotient, see {@link divide}. */
export const QUOTIENT_PLACES = 20;

/** How a value between two steps is rounded. `half-up` and `up` go away from zero, `floor` towards minus infinity. */
export type RoundingMode = keyof typeof ROUNDING;

/** Each mode in the words of decimal.js. */
export const ROUNDING = {
  'half-even': Base.ROUND_HALF_EVEN,
  'half-up': Base.ROUND_HALF_UP,
  'half-down': Base.ROUND_HALF_DOWN,
  up: Base.ROUND_UP,
  down: Base.ROUND_DOWN,
  ceiling: Base.ROUND_CEIL,
  floor: Base.ROUND_FLOOR,
} as const;

/**
 * A decimal as {@link DecimalText}: no exponent, no trailing zeros, `-0` is `0`.
 *
 * Throws a `defect` for NaN and infinities, which no value may become.
 */
export function canonical(value: Decimal): DecimalText {
  if (!value.isFinite()) {
    throw new PlumblineError('defect', 'BUG_NOT_FINITE', `cannot write "${value.toString()}" as a decimal`, {
      remedy: 'a finite number: check for a zero divisor before dividing',
    });
  }
  return value.isZero() ? '0' : value.toFixed();
}

/**
 * The decimal of a canonical text.
 *
 * Throws a `defect` for any other text, also for `1.50` or `+1`: outside texts are read by `readNumber`, which
 * makes them canonical, so that equal values are equal texts everywhere.
 */
export function decimal(text: DecimalText): Decimal {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const read = readDecimal(text);
  if (recent.size >= MOST_RECENT) recent.clear();
  recent.set(text, read);
  return read;
}

/** Decimals that were read lately: limits, weights and targets come again and again, and no decimal ever changes. */
const recent = new Map<DecimalText, Decimal>();
const MOST_RECENT = 4_096;

function readDecimal(text: DecimalText): Decimal {
  if (!CANONICAL.test(text)) {
    throw new PlumblineError('defect', 'BUG_NOT_CANONICAL', `cannot take "${text}" for a canonical decimal`, {
      remedy: 'a decimal without exponent, leading + or trailing zeros, such as -1234.5',
    });
  }
  return new Decimal(text);
}

/** Every {@link RoundingMode}. */
export const ROUNDING_MODES = Object.keys(ROUNDING) as readonly RoundingMode[];

/** A value rounded to `places` decimal places (0 and up), ties to even unless `mode` says otherwise. */
export function roundTo(text: DecimalText, places: number, mode: RoundingMode = 'half-even'): DecimalText {
  return canonical(decimal(text).toDecimalPlaces(places, ROUNDING[mode]));
}

/**
 * `a ÷ b` at {@link QUOTIENT_PLACES} decimal places, ties to even.
 *
 * Rounded once, from the exact quotient, whatever the size of the operands. Throws a `defect` for a zero
 * divisor: what a zero denominator means is decided by the caller before dividing.
 */
export function divide(a: Decimal, b: Decimal): Decimal {
  if (b.isZero()) {
    throw new PlumblineError('defect', 'BUG_DIVISION_BY_ZERO', `cannot divide "${canonical(a)}" by zero`, {
      remedy: 'a divisor other than zero',
    });
  }
  if (b.equals(ONE) && !a.isZero() && a.decimalPlaces() <= QUOTIENT_PLACES) return a;
  const dividend = asFraction(a);
  const divisor = asFraction(b);
  const numerator = dividend.digits * 10n ** BigInt(divisor.places + QUOTIENT_PLACES);
  const denominator = divisor.digits * 10n ** BigInt(dividend.places);
  const negative = numerator < 0n !== denominator < 0n;
  const units = halfEven(magnitude(numerator), magnitude(denominator));
  return new Decimal(`${negative ? '-' : ''}${units}e-${QUOTIENT_PLACES}`);
}

const ONE = new Decimal(1);

/** A decimal as `digits ÷ 10^places`. */
function asFraction(value: Decimal): { digits: bigint; places: number } {
  const text = canonical(value);
  const point = text.indexOf('.');
  if (point < 0) return { digits: BigInt(text), places: 0 };
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), places: text.length - point - 1 };
}

function halfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
