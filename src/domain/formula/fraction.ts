import { canonical, Decimal, type RoundingMode } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';

/**
 * An exact number between the steps of a formula: `over ÷ under`, `under` always above 0, not always in lowest terms.
 *
 * So a third times three is one, and a formula is rounded once, at its end.
 */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** The fraction of a whole number. */
export function whole(number: bigint): Fraction {
  return { over: number, under: 1n };
}

/** The fraction of a canonical decimal. */
export function fractionOf(text: DecimalText): Fraction {
  const point = text.indexOf('.');
  if (point < 0) return whole(BigInt(text));
  return { over: BigInt(text.slice(0, point) + text.slice(point + 1)), under: 10n ** BigInt(text.length - point - 1) };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  if (a.under === b.under) return { over: a.over + b.over, under: a.under };
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, negated(b));
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under };
}

/** `a ÷ b`; `b` is not 0, which the caller has seen to. */
export function over(a: Fraction, b: Fraction): Fraction {
  const sign = b.over < 0n ? -1n : 1n;
  return { over: a.over * b.under * sign, under: a.under * b.over * sign };
}

export function negated({ over: upper, under }: Fraction): Fraction {
  return { over: -upper, under };
}

export function absolute(a: Fraction): Fraction {
  return a.over < 0n ? negated(a) : a;
}

/** Below 0, 0 or above 0 as `a` is less than, equal to or more than `b`. */
export function compared(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const [left, right] = [a.over * b.under, b.over * a.under];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isZero({ over: upper }: Fraction): boolean {
  return upper === 0n;
}

/** The whole number it is, `undefined` where it is none. */
export function wholeNumberOf({ over: upper, under }: Fraction): bigint | undefined {
  return upper % under === 0n ? upper / under : undefined;
}

/** The decimal nearest by `mode` at `places` decimal places, from the exact fraction. */
export function rounded(fraction: Fraction, places: number, mode: RoundingMode): Fraction {
  const scale = 10n ** BigInt(places);
  const [upper, isNegative] = fraction.over < 0n ? [-fraction.over, true] : [fraction.over, false];
  const units = (upper * scale) / fraction.under;
  const rest = (upper * scale) % fraction.under;
  const size = rest !== 0n && goesAway(mode, rest * 2n - fraction.under, units % 2n === 1n, isNegative);
  const magnitude = size ? units + 1n : units;
  return { over: isNegative ? -magnitude : magnitude, under: scale };
}

/** The text of a fraction at `places` decimal places, ties to even. */
export function decimalText(fraction: Fraction, places: number): DecimalText {
  const { over: units } = rounded(fraction, places, 'half-even');
  return canonical(new Decimal(`${units}e-${places}`));
}

/** Whether what lies between two steps goes to the one further from 0; `pastHalf` is 0 at a tie. */
function goesAway(mode: RoundingMode, pastHalf: bigint, isOdd: boolean, isNegative: boolean): boolean {
  switch (mode) {
    case 'half-even':
      return pastHalf > 0n || (pastHalf === 0n && isOdd);
    case 'half-up':
      return pastHalf >= 0n;
    case 'half-down':
      return pastHalf > 0n;
    case 'up':
      return true;
    case 'down':
      return false;
    case 'ceiling':
      return !isNegative;
    case 'floor':
      return isNegative;
  }
}
