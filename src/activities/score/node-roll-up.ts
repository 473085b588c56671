import type { Objective, Perspective, ResolvedConfig, Scorecard } from '#src/config/types.js';
import { grainKey } from '#src/domain/period/period.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Period } from '#src/domain/period/types.js';
import type { RollUpRule } from '#src/domain/rollup/types.js';
import type { ScoreRecord, StoreReader } from '#src/store/types.js';
import { judgingTime } from '../judging-time.js';
import { NOTHING_SAID } from './said-by-sources.js';
import { asChild, measureChildren, type NodeChild, rolledUp, scorecardChild } from './score-nodes.js';
import { countedBelow, scorecardTree } from './scorecard-tree.js';
import { scoresByNode } from './stored-series.js';

/** A node that is made of others, and the scorecard it stands in. */
export type RolledNode =
  | { readonly kind: 'objective'; readonly scorecard: Scorecard; readonly objective: Objective }
  | { readonly kind: 'perspective'; readonly scorecard: Scorecard; readonly perspective: Perspective }
  | { readonly kind: 'scorecard'; readonly scorecard: Scorecard };

/** How a node's score of a period is made from what is stored of its children. */
export interface NodeRollUp {
  readonly rule: RollUpRule;
  /** The day from which its children are seen; that of the newest run where the period is open. */
  readonly asOf: CalendarDate;
  readonly open: boolean;
  readonly children: readonly NodeChild[];
  /** The stored score of each child in the period it is seen in; absent where it has none. */
  readonly childScores: ReadonlyMap<string, ScoreRecord>;
  /** What comes of them by the rule: the same as what is stored, unless rule or children have changed since. */
  readonly record: ScoreRecord;
}

/** A child of another rhythm may stand for years: a yearly one that is not due yet shows the year before the last. */
const REACH_DAYS = 1500;

/**
 * A stored score of a node, rolled up again from the stored scores of its children.
 *
 * @param rule of the node, its keys in the order in which runs read them: scores are compared by its digest
 */
export async function nodeRollUp(
  reader: StoreReader,
  config: ResolvedConfig,
  node: RolledNode,
  rule: RollUpRule,
  stored: ScoreRecord,
): Promise<NodeRollUp> {
  const { scorecard } = node;
  const { period, runId, scoredAt } = stored;
  const now = await judgingTime(reader, '0001-01-01T00:00:00Z');
  const today = dateInZone(now, config.site.timeZone);
  const asOf = period.end < today ? period.end : today;
  const at = { period, asOf, moment: { now, calendars: config.site, saidOf: NOTHING_SAID, runId, scoredAt } };
  const scores = await scoresByNode(reader, childrenOf(config, node, period));
  const inPeriod = (address: string, weight: string): NodeChild => {
    const record = scores.get(address)?.find((score) => score.period.id === period.id);
    return record === undefined ? { node: address, weight, status: 'not_due' } : asChild(record, weight);
  };
  const children = ((): readonly NodeChild[] => {
    switch (node.kind) {
      case 'objective':
        return measureChildren(config, node.objective, scores, asOf);
      case 'perspective':
        return objectivesOf(node).map(({ address, weight }) => inPeriod(address, weight));
      case 'scorecard':
        return [
          ...scorecard.perspectives.map(({ address, weight }) => inPeriod(address, weight)),
          ...countedBelow(config, scorecard).map((child) => scorecardChild(child, scorecard, scores, rule, at)),
        ];
    }
  })();
  return {
    rule,
    asOf,
    open: period.end > today,
    children,
    childScores: new Map(
      children.flatMap(({ node: address, period: id, tooOld }) => {
        const score = scores.get(address)?.find((each) => each.period.id === (id ?? tooOld));
        return score === undefined ? [] : [[address, score] as const];
      }),
    ),
    record: rolledUp(stored.node, stored.kind, children, rule, at),
  };
}

function objectivesOf({ scorecard, perspective }: Extract<RolledNode, { kind: 'perspective' }>): readonly Objective[] {
  return scorecard.objectives.filter((objective) => objective.perspective === perspective.address);
}

/** Each with the first day from which its scores are needed. */
function childrenOf(
  config: ResolvedConfig,
  node: RolledNode,
  { start }: Period,
): readonly (readonly [string, CalendarDate])[] {
  const { scorecard } = node;
  const far = addDays(start, -REACH_DAYS);
  switch (node.kind) {
    case 'objective':
      return scorecardTree(config)
        .measuresOfObjective(node.objective.address)
        .map(({ address }) => [address, far]);
    case 'perspective':
      return objectivesOf(node).map(({ address }) => [address, start]);
    case 'scorecard':
      return [
        ...scorecard.perspectives.map(({ address }) => [address, start] as const),
        ...countedBelow(config, scorecard).map(
          (child) => [child.address, grainKey(child) === grainKey(scorecard) ? start : far] as const,
        ),
      ];
  }
}
