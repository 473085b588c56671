import type { Status } from '../score/types.js';
import { canonical, decimal } from '../value/decimal.js';
import { roundToStep } from '../value/round-to-step.js';
import type { DecimalText } from '../value/types.js';
import type { RollUpChild, RollUpRule } from './types.js';

/** A child with a score and a weight above 0. */
export interface EnteringChild extends RollUpChild {
  readonly status: Status;
  /** As it enters: with what is beyond 0 and 1 where the rule says so, then rounded by the rule. */
  readonly score: DecimalText;
}

/** Statuses from best to worst. */
export const BEST_FIRST: readonly Status[] = ['on_track', 'at_risk', 'off_track'];

/** The child as it enters its parent's score; `undefined` when it has none, or weighs nothing. */
export function enteringChild(child: RollUpChild, rule: RollUpRule): EnteringChild | undefined {
  if (!hasScore(child)) return undefined;
  const score = rule.unclamped === true ? (child.unclamped ?? child.score) : child.score;
  const { roundChildren: rounding } = rule;
  const entering = rounding === undefined ? score : canonical(roundToStep(decimal(score), rounding));
  return entering === child.score ? child : { ...child, score: entering };
}

function hasScore(child: RollUpChild): child is EnteringChild {
  return child.score !== undefined && child.weight !== '0' && BEST_FIRST.some((status) => status === child.status);
}
