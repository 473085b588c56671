import type { CalendarDate } from '../period/types.js';
import { canonical, type Decimal, decimal, divide } from '../value/decimal.js';
import { roundToStep } from '../value/round-to-step.js';
import { coveredWeight, weightOf } from './coverage.js';
import { enteringChild } from './entering-child.js';
import { bandAt } from './roll-up-bands.js';
import { type MethodOutcome, outcomeOf } from './roll-up-method.js';
import type { RollUpChild, RollUpResult, RollUpRule } from './types.js';

/**
 * The score of a node from those of its children.
 *
 * By the rule's method, over the children with a score: a child without one never counts as 0, it lowers `coverage`
 * only. Coverage is Σ weight × the child's own coverage ÷ Σ weight, so a gap far below is seen at the top.
 * `insufficient_data`, without a score, when no weight has a score, or coverage or the number of scored children is
 * under the rule's minimum. Children that are `unscored` by definition are left out altogether, and a node that has no
 * others is `unscored` itself; children of weight 0 are shown but neither count nor weigh.
 *
 * Quotients are half-even at the places of `divide`, then the rule's rounding; limits and bands are met by equality.
 * The status is by the score before it is held to 0–1.
 *
 * @see docs/decisions/2026-11-28-roll-up-methods.md
 */
export function rollUp(children: readonly RollUpChild[], rule: RollUpRule): RollUpResult {
  const expected = children.filter((child) => child.status !== 'unscored');
  const scored = expected.flatMap((child) => enteringChild(child, rule) ?? []);
  const weight = weightOf(expected);
  const covered = coveredWeight(scored);
  const common = {
    coverage: weight === '0' ? '0' : covered === weight ? '1' : canonical(divide(decimal(covered), decimal(weight))),
    without: expected.filter((child) => child.score === undefined).map((child) => child.node),
  };
  if (children.length > 0 && expected.length === 0) return { status: 'unscored', ...common };
  const outcome =
    scored.length > 0 && scored.length >= rule.minimumChildren && isCovered(covered, weight, rule)
      ? outcomeOf(rule.method ?? { kind: 'weighted_mean' }, scored, weight)
      : undefined;
  const oldestData = oldest(outcome?.entered ?? scored);
  const dated = { ...common, ...(oldestData === undefined ? {} : { oldestData }) };
  return outcome === undefined ? { status: 'insufficient_data', ...dated } : { ...judged(outcome, rule), ...dated };
}

function isCovered(covered: string, weight: string, { minimumCoverage }: RollUpRule): boolean {
  return covered === weight || decimal(covered).greaterThanOrEqualTo(decimal(weight).times(minimumCoverage));
}

function judged({ score, status, points, possible }: MethodOutcome, rule: RollUpRule) {
  const rounded = rule.round === undefined ? score : roundToStep(score, rule.round);
  const limited = heldToUnit(rounded);
  const band =
    status === undefined ? bandAt(rule, rounded, points === undefined ? undefined : decimal(points)) : { status };
  return {
    status: band.status,
    score: canonical(limited),
    ...(limited.equals(rounded) ? {} : { unclamped: canonical(rounded) }),
    ...(rounded.equals(score) ? {} : { unrounded: canonical(score) }),
    ...(band.label === undefined ? {} : { band: band.label }),
    ...(points === undefined ? {} : { points }),
    ...(possible === undefined ? {} : { possible }),
  };
}

function heldToUnit(score: Decimal): Decimal {
  if (score.greaterThan(decimal('1'))) return decimal('1');
  return score.isNegative() ? decimal('0') : score;
}

function oldest(children: readonly RollUpChild[]): CalendarDate | undefined {
  let first: CalendarDate | undefined;
  for (const { oldestData } of children) {
    if (oldestData !== undefined && (first === undefined || oldestData < first)) first = oldestData;
  }
  return first;
}
