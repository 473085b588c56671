import { dueRuleKey } from '#src/activities/score/deadlines-of.js';
import { type ScorecardTree, scorecardTree } from '#src/activities/score/scorecard-tree.js';
import { serialiseConfig } from '#src/config/index.js';
import type { Objective, ResolvedConfig, Scorecard, Site } from '#src/config/types.js';
import { isCollected } from '#src/domain/measure/types.js';
import type { NodeDimension, ReportingStore } from '#src/store/types.js';

/**
 * Makes a configuration known to the store: schema brought up to date, revision and dimensions saved.
 *
 * Doing it again with the same configuration changes nothing but the time.
 */
export async function applyToStore(store: ReportingStore, config: ResolvedConfig, at: string): Promise<void> {
  await store.migrate();
  const people = config.people.map(({ id, name, email, manager }) => ({
    person: id,
    name,
    ...(email === undefined ? {} : { email }),
    ...(manager === undefined ? {} : { manager }),
  }));
  const nodes = nodeDimensions(config);
  await store.write((writer) => writer.saveConfigRevision(config.revision, serialiseConfig(config), at, nodes, people));
}

type Node = Omit<NodeDimension, 'position'>;

/**
 * The tree in the order it is read, depth first: scorecard, its perspectives, their objectives, their measures; then the
 * scorecards that count for it, each with all that is its own.
 */
function nodeDimensions(config: ResolvedConfig): NodeDimension[] {
  const tree = scorecardTree(config);
  const nodes: Node[] = [];
  const addresses = new Set(config.scorecards.map(({ address }) => address));
  const tops = config.scorecards.filter(({ parent }) => parent === undefined || !addresses.has(parent.scorecard));
  // A stack of its own: units may stand below each other in a chain of any length.
  const waiting = tops.toReversed();
  for (let scorecard = waiting.pop(); scorecard !== undefined; scorecard = waiting.pop()) {
    nodes.push(...scorecardNodes(scorecard, tree, config.site));
    waiting.push(...tree.childrenOf(scorecard.address).toReversed());
  }
  return nodes.map((node, position) => ({ ...node, position }));
}

function scorecardNodes(scorecard: Scorecard, tree: ScorecardTree, site: Site): readonly Node[] {
  const { address, name, owner, parent } = scorecard;
  const above = parent === undefined ? {} : { parent: parent.scorecard };
  return [
    { node: address, kind: 'scorecard', name, ...above, ownerId: owner, weight: parent?.weight ?? '1' },
    ...scorecard.perspectives.flatMap((perspective): Node[] => [
      {
        node: perspective.address,
        kind: 'perspective',
        name: perspective.name,
        parent: address,
        ownerId: owner,
        weight: perspective.weight,
      },
      ...scorecard.objectives
        .filter((objective) => objective.perspective === perspective.address)
        .flatMap((objective) => objectiveNodes(objective, tree, site)),
    ]),
  ];
}

function objectiveNodes(
  { address, name, perspective, owner, weight }: Objective,
  tree: ScorecardTree,
  site: Site,
): Node[] {
  return [
    { node: address, kind: 'objective', name, parent: perspective, ownerId: owner, weight },
    ...tree.measuresOfObjective(address).map(
      (measure): Node => ({
        node: measure.address,
        kind: 'measure',
        name: measure.name,
        parent: address,
        ownerId: measure.owner,
        weight: measure.weight,
        unit: measure.unit,
        direction: measure.direction,
        frequency: measure.frequency,
        decimals: measure.decimals,
        ...(isCollected(measure) ? { extract: measure.extract } : {}),
        dueRule: dueRuleKey(measure, site),
      }),
    ),
  ];
}
