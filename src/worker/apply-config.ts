import { serialiseConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
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

/** The tree in the order it is read: scorecard, its perspectives, their objectives, their measures. */
function nodeDimensions(config: ResolvedConfig): NodeDimension[] {
  const nodes: Omit<NodeDimension, 'position'>[] = [];
  for (const scorecard of config.scorecards) {
    const { address, name, owner } = scorecard;
    nodes.push({ node: address, kind: 'scorecard', name, ownerId: owner, weight: '1' });
    for (const perspective of scorecard.perspectives) {
      nodes.push({
        node: perspective.address,
        kind: 'perspective',
        name: perspective.name,
        parent: address,
        ownerId: owner,
        weight: perspective.weight,
      });
      for (const objective of scorecard.objectives.filter((each) => each.perspective === perspective.address)) {
        nodes.push({
          node: objective.address,
          kind: 'objective',
          name: objective.name,
          parent: perspective.address,
          ownerId: objective.owner,
          weight: objective.weight,
        });
        nodes.push(...measureDimensions(config, objective.address));
      }
    }
  }
  return nodes.map((node, position) => ({ ...node, position }));
}

function measureDimensions(config: ResolvedConfig, objective: string): Omit<NodeDimension, 'position'>[] {
  return config.measures
    .filter((measure) => measure.objective === objective)
    .map((measure) => ({
      node: measure.address,
      kind: 'measure',
      name: measure.name,
      parent: objective,
      ownerId: measure.owner,
      weight: measure.weight,
      unit: measure.unit,
      direction: measure.direction,
      frequency: measure.frequency,
      decimals: measure.decimals,
      ...(isCollected(measure) ? { extract: measure.extract } : {}),
    }));
}
