import { canonical, Decimal, decimal } from '../../value/decimal.js';
import type { DecimalText } from '../../value/types.js';

/** One part of a total: given, or a share by weight (0 or more) of what the given ones leave. */
export type Part = { readonly fixed: DecimalText } | { readonly weight: DecimalText };

/**
 * A total in parts, in their order, which add up to it to the last digit.
 *
 * Each share is cut off at `places` decimal places; the units of the last place that are then missing go one each to
 * the shares that lost most, of equal losses to the earlier one (the method of the largest remainder). Where the rest
 * itself has more places than `places`, those count. A negative rest is shared as the same positive one is.
 *
 * `undefined` where something is left and there is no share with a weight above 0 to take it.
 *
 * @see docs/decisions/2026-11-28-splitting-totals.md
 */
export function splitTotal(
  total: DecimalText,
  parts: readonly Part[],
  places: number,
): readonly DecimalText[] | undefined {
  const rest = parts.reduce((left, part) => ('fixed' in part ? left.minus(part.fixed) : left), decimal(total));
  const weights = parts.map((part) => ('weight' in part ? decimal(part.weight) : new Decimal(0)));
  const scale = Math.max(places, rest.decimalPlaces());
  const shares = shareOut(units(rest.abs(), scale), wholeWeights(weights));
  if (shares === undefined) return undefined;
  const sign = rest.isNegative() ? '-' : '';
  return parts.map((part, index) =>
    'fixed' in part ? part.fixed : canonical(new Decimal(`${sign}${shares[index]}e-${scale}`)),
  );
}

/** `amount` in whole numbers by weight, by the largest remainder. */
function shareOut(amount: bigint, weights: readonly bigint[]): readonly bigint[] | undefined {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return amount === 0n ? weights.map(() => 0n) : undefined;
  const shares = weights.map((weight, index) => ({
    index,
    share: (amount * weight) / sum,
    remainder: (amount * weight) % sum,
  }));
  const missing = Number(amount - shares.reduce((done, { share }) => done + share, 0n));
  const first = shares.toSorted((a, b) => compare(b.remainder, a.remainder) || a.index - b.index).slice(0, missing);
  const raised = new Set(first.map(({ index }) => index));
  return shares.map(({ index, share }) => (raised.has(index) ? share + 1n : share));
}

/** Weights as whole numbers in the same proportions. */
function wholeWeights(weights: readonly Decimal[]): readonly bigint[] {
  const places = Math.max(0, ...weights.map((weight) => weight.decimalPlaces()));
  return weights.map((weight) => units(weight, places));
}

/** How many units of the last of `places` decimal places a number has. */
function units(value: Decimal, places: number): bigint {
  return BigInt(value.times(new Decimal(10).pow(places)).toFixed(0));
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
