import type { ResolvedConfig, Scorecard } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';

/** Who stands below whom, looked up once a configuration: it may have tens of thousands of measures. */
export interface ScorecardTree {
  /** By depth, the deepest first: each level after all that count for its scorecards. */
  readonly levels: readonly (readonly Scorecard[])[];
  /** Scorecards that count for one, in the order of the configuration. */
  readonly childrenOf: (scorecard: string) => readonly Scorecard[];
  readonly measuresOfScorecard: (scorecard: string) => readonly Measure[];
  readonly measuresOfObjective: (objective: string) => readonly Measure[];
  readonly measureAt: (address: string) => Measure | undefined;
}

const known = new WeakMap<ResolvedConfig, ScorecardTree>();

export function scorecardTree(config: ResolvedConfig): ScorecardTree {
  const found = known.get(config) ?? treeOf(config);
  known.set(config, found);
  return found;
}

/** The scorecards whose scores count; none for a unit whose own measures are made of the values below it. */
export function countedBelow(config: ResolvedConfig, { address, unit, parentsBy }: Scorecard): readonly Scorecard[] {
  const isMadeOfValues = parentsBy === 'value' && unit !== undefined && unit !== '';
  return isMadeOfValues ? [] : scorecardTree(config).childrenOf(address);
}

function treeOf({ scorecards, measures }: ResolvedConfig): ScorecardTree {
  const children = groupedBy(scorecards, ({ parent }) => parent?.scorecard);
  const byScorecard = groupedBy(measures, ({ scorecard }) => scorecard);
  const byObjective = groupedBy(measures, ({ objective }) => objective);
  const byAddress = new Map(measures.map((measure) => [measure.address, measure]));
  const childrenOf = (scorecard: string): readonly Scorecard[] => children.get(scorecard) ?? [];
  return {
    levels: levelsOf(scorecards, childrenOf),
    childrenOf,
    measuresOfScorecard: (scorecard) => byScorecard.get(scorecard) ?? [],
    measuresOfObjective: (objective) => byObjective.get(objective) ?? [],
    measureAt: (address) => byAddress.get(address),
  };
}

/** Parents lead nowhere round, as the configuration is checked for. */
function levelsOf(
  scorecards: readonly Scorecard[],
  childrenOf: (scorecard: string) => readonly Scorecard[],
): readonly (readonly Scorecard[])[] {
  const addresses = new Set(scorecards.map(({ address }) => address));
  const levels: (readonly Scorecard[])[] = [];
  let level = scorecards.filter(({ parent }) => parent === undefined || !addresses.has(parent.scorecard));
  while (level.length > 0) {
    levels.push(level);
    level = level.flatMap(({ address }) => childrenOf(address));
  }
  return levels.reverse();
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
