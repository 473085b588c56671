import type { Status } from '../score/types.js';
import { type Decimal, decimal, divide } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import { weightedSum, weightOf } from './coverage.js';
import { BEST_FIRST, type EnteringChild } from './entering-child.js';
import type { RollUpMethod } from './types.js';

/** What a method made of the children that have a score. */
export interface MethodOutcome {
  /** Not rounded and not held to 0–1. */
  readonly score: Decimal;
  /** Where the method takes the status from the children, and bands are not asked. */
  readonly status?: Status;
  readonly points?: DecimalText;
  readonly possible?: DecimalText;
  /** Children that the score is made of. */
  readonly entered: readonly EnteringChild[];
}

/**
 * The score of children by a method, quotients half-even at the places of `divide`.
 *
 * Nothing depends on the order of the children: where `best_of` must choose among equal scores it takes the greater
 * weight, then the node's name.
 *
 * @param scored at least one
 * @param weight Σ weight of all children: a declared total of points is less by what has no score, so that nobody gets
 *   0 points for a figure that is missing
 * @returns `undefined` when no points were possible
 */
export function outcomeOf(
  method: RollUpMethod,
  scored: readonly EnteringChild[],
  weight: DecimalText,
): MethodOutcome | undefined {
  switch (method.kind) {
    case 'weighted_mean':
      return meanOf(scored);
    case 'best_of':
      return meanOf(scored.toSorted(betterFirst).slice(0, method.count));
    case 'worst':
      return extremeOf(scored, 'worst');
    case 'best':
      return extremeOf(scored, 'best');
    case 'most_frequent':
      return mostFrequent(scored, method.ties);
    case 'sum_of_points':
      return pointsOf(scored, method.possible, weight);
  }
}

function meanOf(entered: readonly EnteringChild[]): MethodOutcome {
  return { score: divide(decimal(weightedSum(entered)), decimal(weightOf(entered))), entered };
}

function betterFirst(a: EnteringChild, b: EnteringChild): number {
  const byScore = decimal(b.score).comparedTo(decimal(a.score));
  const byWeight = byScore === 0 ? decimal(b.weight).comparedTo(decimal(a.weight)) : byScore;
  return byWeight === 0 ? (a.node < b.node ? -1 : 1) : byWeight;
}

/** The worst or best status of any child, and of the children with it the score that is furthest that way. */
function extremeOf(scored: readonly EnteringChild[], side: 'worst' | 'best'): MethodOutcome {
  const status = furthest(
    scored.map((child) => child.status),
    side,
  );
  const those = scored.filter((child) => child.status === status).toSorted(betterFirst);
  const entered = those.slice(side === 'best' ? 0 : -1).slice(0, 1);
  return { score: decimal(entered[0]?.score ?? '0'), status, entered };
}

/** The status of most children, each counted once; its score is the weighted mean of those that have it. */
function mostFrequent(scored: readonly EnteringChild[], ties: 'worst' | 'best'): MethodOutcome {
  const groups = BEST_FIRST.map((status) => scored.filter((child) => child.status === status));
  const most = Math.max(...groups.map((group) => group.length));
  const leading = BEST_FIRST.filter((_, index) => groups[index]?.length === most);
  const status = furthest(leading, ties);
  return { ...meanOf(scored.filter((child) => child.status === status)), status };
}

function furthest(statuses: readonly Status[], side: 'worst' | 'best'): Status {
  const order = side === 'best' ? BEST_FIRST : BEST_FIRST.toReversed();
  return order.find((status) => statuses.includes(status)) ?? 'off_track';
}

function pointsOf(
  entered: readonly EnteringChild[],
  declared: DecimalText | undefined,
  weight: DecimalText,
): MethodOutcome | undefined {
  const points = weightedSum(entered);
  const had = weightOf(entered);
  const possible = declared === undefined ? had : decimal(declared).minus(weight).plus(had).toFixed();
  if (decimal(possible).lessThanOrEqualTo(0)) return undefined;
  return { score: divide(decimal(points), decimal(possible)), points, possible, entered };
}
