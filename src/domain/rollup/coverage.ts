import { ExactSum } from '../measure/exact-sum.js';
import { decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { RollUpChild } from './types.js';

/** Σ weight, exactly. */
export function weightOf(children: readonly RollUpChild[]): DecimalText {
  const sum = new ExactSum();
  for (const { weight } of children) sum.add(weight);
  return sum.total();
}

/** Σ weight × score of children that have one, exactly. */
export function weightedSum(
  children: readonly { readonly weight: DecimalText; readonly score: DecimalText }[],
): DecimalText {
  return sumOfProducts(children.map(({ weight, score }) => [weight, score]));
}

/** Σ weight × the child's own coverage, exactly. */
export function coveredWeight(children: readonly RollUpChild[]): DecimalText {
  return sumOfProducts(children.map(({ weight, coverage = '1' }) => [weight, coverage]));
}

/** Most weights and coverages are 1, and a tree of 40,000 nodes is rolled up often: those multiply nothing. */
function sumOfProducts(pairs: readonly (readonly [DecimalText, DecimalText])[]): DecimalText {
  const sum = new ExactSum();
  for (const [a, b] of pairs) {
    if (a === '1') sum.add(b);
    else if (b === '1') sum.add(a);
    else sum.add(decimal(a).times(decimal(b)).toFixed());
  }
  return sum.total();
}
