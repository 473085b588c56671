import type { CalendarDate } from '../period/types.js';
import type { Status } from '../score/types.js';
import { canonical, type Decimal, decimal, divide } from '../value/decimal.js';
import type { RollUpChild, RollUpResult, RollUpRule } from './types.js';

/**
 * The score of a node from those of its children.
 *
 * The weighted mean of the children with a score, their weights renormalised: a child without one never counts as 0,
 * it lowers `coverage` only. Coverage is Σ weight × the child's own coverage ÷ Σ weight, so a gap far below is seen
 * at the top. `insufficient_data`, without a score, when no weight has a score, or coverage or the number of scored
 * children is under the rule's minimum. Children that are `unscored` by definition are left out altogether, and a node
 * that has no others is `unscored` itself; children of weight 0 are shown but neither count nor weigh.
 *
 * Mean and coverage are half-even at the places of `divide`; the limits are met by equality.
 */
export function rollUp(children: readonly RollUpChild[], rule: RollUpRule): RollUpResult {
  const expected = children.filter((child) => child.status !== 'unscored');
  const scored = expected.filter(isScored).filter((child) => !decimal(child.weight).isZero());
  const weight = total(expected.map((child) => decimal(child.weight)));
  const scoredWeight = total(scored.map((child) => decimal(child.weight)));
  const covered = total(scored.map((child) => decimal(child.weight).times(child.coverage ?? '1')));
  const coverage = weight.isZero() ? weight : divide(covered, weight);
  const oldestData = oldest(scored);
  const common = {
    coverage: canonical(coverage),
    ...(oldestData === undefined ? {} : { oldestData }),
    without: expected.filter((child) => !isScored(child)).map((child) => child.node),
  };
  if (children.length > 0 && expected.length === 0) return { status: 'unscored', ...common };
  const enough =
    scored.length >= rule.minimumChildren && covered.greaterThanOrEqualTo(weight.times(rule.minimumCoverage));
  if (scoredWeight.isZero() || !enough) return { status: 'insufficient_data', ...common };
  const sum = total(scored.map((child) => decimal(child.weight).times(child.score)));
  const mean = divide(sum, scoredWeight);
  return { status: statusOf(mean, rule), score: canonical(mean), ...common };
}

type ScoredChild = RollUpChild & { readonly score: string };

function isScored(child: RollUpChild): child is ScoredChild {
  return child.score !== undefined;
}

function statusOf(score: Decimal, rule: RollUpRule): Status {
  if (score.greaterThanOrEqualTo(rule.onTrackFrom)) return 'on_track';
  return score.greaterThanOrEqualTo(rule.atRiskFrom) ? 'at_risk' : 'off_track';
}

function total(numbers: readonly Decimal[]): Decimal {
  return numbers.reduce((sum, number) => sum.plus(number), decimal('0'));
}

function oldest(scored: readonly RollUpChild[]): CalendarDate | undefined {
  const [first] = scored.flatMap((child) => child.oldestData ?? []).sort();
  return first;
}
