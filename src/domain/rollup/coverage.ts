import { ExactSum } from '../measure/exact-sum.js';
import { decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { RollUpChild } from './types.js';

// Most weights and coverages are 1, and a tree of 40,000 nodes is rolled up often: those are counted, not added.

/** Σ weight, exactly. */
export function weightOf(children: readonly RollUpChild[]): DecimalText {
  let ones = 0;
  const sum = new ExactSum();
  for (const { weight } of children) {
    if (weight === '1') ones += 1;
    else sum.add(weight);
  }
  return withOnes(sum, ones, children.length);
}

/** Σ weight × score of children that have one, exactly. */
export function weightedSum(
  children: readonly { readonly weight: DecimalText; readonly score: DecimalText }[],
): DecimalText {
  const sum = new ExactSum();
  for (const { weight, score } of children) sum.add(product(weight, score));
  return sum.total();
}

/** Σ weight × the child's own coverage, exactly. */
export function coveredWeight(children: readonly RollUpChild[]): DecimalText {
  let ones = 0;
  const sum = new ExactSum();
  for (const { weight, coverage = '1' } of children) {
    if (weight === '1' && coverage === '1') ones += 1;
    else sum.add(product(weight, coverage));
  }
  return withOnes(sum, ones, children.length);
}

function withOnes(sum: ExactSum, ones: number, count: number): DecimalText {
  if (ones === count) return String(ones);
  sum.addUnits(BigInt(ones), 0);
  return sum.total();
}

function product(a: DecimalText, b: DecimalText): DecimalText {
  if (a === '1') return b;
  return b === '1' ? a : decimal(a).times(decimal(b)).toFixed();
}
