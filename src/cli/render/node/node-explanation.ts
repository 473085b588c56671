import type { NodeRollUp, RolledNode } from '#src/activities/score/node-roll-up.js';
import type { NodeChild } from '#src/activities/score/score-nodes.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { weightOf } from '#src/domain/rollup/coverage.js';
import { type EnteringChild, enteringChild } from '#src/domain/rollup/entering-child.js';
import { type MethodOutcome, outcomeOf } from '#src/domain/rollup/roll-up-method.js';
import type { Explanation } from '#src/store/read-models/types.js';
import type { NoteRecord, RunRecord, ScoreRecord } from '#src/store/types.js';

/** Everything `plumbline explain` says of an objective, perspective or scorecard, before it is put into words or JSON. */
export interface NodeExplanation {
  readonly config: ResolvedConfig;
  readonly node: RolledNode;
  readonly address: string;
  readonly name: string;
  readonly found: Explanation;
  /** The period that was asked for, where one was. */
  readonly asked?: string;
  readonly run?: RunRecord;
  /** Absent where the node has no score or state in the period. */
  readonly made?: MadeScore;
  /** What people wrote about it in the period, oldest first. */
  readonly notes: readonly NoteRecord[];
  readonly now: string;
}

/** How a stored score of a node is made. */
export interface MadeScore extends NodeRollUp {
  readonly stored: ScoreRecord;
  /** Whether the stored score is what comes of the children now; else what has changed since. */
  readonly agrees: true | 'rule' | 'children';
  readonly entering: readonly EnteringChild[];
  readonly leftOut: readonly NodeChild[];
  /** Of the children that enter, by the method; absent where there is no score. */
  readonly outcome?: MethodOutcome;
}

/** Puts the way from the children to the score beside what is stored. */
export function madeScore(rolled: NodeRollUp, stored: ScoreRecord): MadeScore {
  const { children, rule, record } = rolled;
  const entering = children.flatMap((child) => enteringChild(child, rule) ?? []);
  const entered = new Set(entering.map(({ node }) => node));
  const weight = weightOf(children.filter(({ status }) => status !== 'unscored'));
  const outcome =
    record.score === undefined ? undefined : outcomeOf(rule.method ?? { kind: 'weighted_mean' }, entering, weight);
  return {
    ...rolled,
    stored,
    agrees:
      record.ruleVersion !== stored.ruleVersion ? 'rule' : record.inputsDigest === stored.inputsDigest || 'children',
    entering,
    leftOut: children.filter(({ node }) => !entered.has(node)),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** What a node is called. */
export function namesOf({ measures, scorecards }: ResolvedConfig): (address: string) => string {
  const nodes = scorecards.flatMap((each) => [each, ...each.perspectives, ...each.objectives]);
  const names = new Map([...nodes, ...measures].map(({ address, name }) => [address, name]));
  return (address) => names.get(address) ?? address;
}
