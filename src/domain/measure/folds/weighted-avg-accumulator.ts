import {
  BLANK_PLACES,
  type DecimalVector,
  decimalAt,
  decimalVector,
  NARROW_DIGITS,
  putDecimal,
} from '../../value/columns/decimal-vector.js';
import { canonical, decimal, divide } from '../../value/decimal.js';
import type { Accumulator } from './accumulator.js';
import { columnSums } from './exact-sums.js';
import { decimalsOf, type RowSelection } from './row-block.js';
import { sumOfPart, unfitPart } from './sum-of-part.js';

/** Units of a narrow cell are below this. */
const NARROW_UNITS = 10 ** NARROW_DIGITS;

/**
 * Sum of value × weight divided by the sum of weights. A row with either cell blank is blank as a whole, so that both sums
 * are over the same rows. Weights that add up to 0 give no value.
 *
 * Products are exact: they are put side by side like cells of a column and added like those.
 */
export function weightedAvgAccumulator(value: number, weight: number): Accumulator {
  const products = columnSums(0);
  const weights = columnSums(1);
  let scratch: readonly [DecimalVector, DecimalVector] = [decimalVector(0), decimalVector(0)];
  return {
    reserve(groups) {
      products.reserve(groups);
      weights.reserve(groups);
    },
    take(block, selection, groups) {
      if (scratch[0].units.length < groups.length) {
        scratch = [decimalVector(groups.length), decimalVector(groups.length)];
      }
      for (const { wide } of scratch) wide.clear();
      multiply(decimalsOf(block, value), decimalsOf(block, weight), selection, scratch);
      const multiplied = { ...block, vectors: scratch };
      products.take(multiplied, selection, groups);
      weights.take(multiplied, selection, groups);
    },
    takePart(group, { tally, numerator, denominator }) {
      if (numerator === undefined || denominator === undefined)
        throw unfitPart('a weighted average needs both its sums');
      products.takePart(group, tally, sumOfPart(numerator));
      weights.takePart(group, tally, sumOfPart(denominator));
    },
    used: products.used,
    blank: products.blank,
    result: (group) => {
      if (products.used(group) === 0) return { reason: products.blank(group) > 0 ? 'all_blank' : 'no_rows' };
      const sums = { numerator: products.total(group), denominator: weights.total(group) };
      if (sums.denominator === '0') return { reason: 'zero_weight', ...sums };
      return { value: canonical(divide(decimal(sums.numerator), decimal(sums.denominator))), ...sums };
    },
  };
}

/** Writes the product and the weight of each row, both blank where one of its cells is. */
function multiply(
  values: DecimalVector,
  weights: DecimalVector,
  { rows, count }: RowSelection,
  [products, used]: readonly [DecimalVector, DecimalVector],
): void {
  for (let index = 0; index < count; index++) {
    const row = rows[index] ?? 0;
    const [places, weightPlaces] = [values.places[row] ?? BLANK_PLACES, weights.places[row] ?? BLANK_PLACES];
    if (places === BLANK_PLACES || weightPlaces === BLANK_PLACES) {
      products.places[row] = BLANK_PLACES;
      used.places[row] = BLANK_PLACES;
      continue;
    }
    const weightUnits = weights.units[row] ?? 0;
    const product = (values.units[row] ?? 0) * weightUnits;
    // Of narrow cells: a product below that many units is exact, and above it a double is still above it.
    if (places + weightPlaces <= NARROW_DIGITS && Math.abs(product) < NARROW_UNITS) {
      products.units[row] = product;
      products.places[row] = places + weightPlaces;
      used.units[row] = weightUnits;
      used.places[row] = weightPlaces;
      continue;
    }
    const [value, weight] = [decimalAt(values, row) ?? '0', decimalAt(weights, row) ?? '0'];
    putDecimal(products, row, canonical(decimal(value).times(decimal(weight))));
    putDecimal(used, row, weight);
  }
}
