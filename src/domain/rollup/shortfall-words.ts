import { Decimal, decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import { enteringChild } from './entering-child.js';
import type { RollUpChild, RollUpResult, RollUpRule } from './types.js';

/**
 * Which minimum of its rule a node without a score is under: `80 % of the weight has a score where 81 % are needed`.
 *
 * @returns `undefined` for a node that has a score, and for one below which nothing has: there the children say it all
 */
export function shortfallWords(
  children: readonly RollUpChild[],
  rule: RollUpRule,
  { status, coverage }: Pick<RollUpResult, 'status' | 'coverage'>,
): string | undefined {
  if (status !== 'insufficient_data') return undefined;
  const expected = children.filter((child) => child.status !== 'unscored');
  const scored = expected.filter((child) => enteringChild(child, rule) !== undefined);
  if (scored.length === 0) return undefined;
  if (scored.length < rule.minimumChildren)
    return `${scored.length} of ${expected.length} children have a score where ${rule.minimumChildren} are needed`;
  const { minimumCoverage } = rule;
  if (decimal(coverage).greaterThanOrEqualTo(minimumCoverage)) return 'no points were possible';
  return `${atMost(coverage)} % of the weight has a score where ${percent(minimumCoverage).toFixed()} % are needed`;
}

const percent = (part: DecimalText): Decimal => decimal(part).times(100);

/** Rounded down, so that what is under a minimum never looks like it. */
const atMost = (part: DecimalText): string => percent(part).toDecimalPlaces(1, Decimal.ROUND_DOWN).toFixed();
