import { scorecardTree } from '#src/activities/score/scorecard-tree.js';
import type { Objective, Perspective, ResolvedConfig, Scorecard } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { RollUpRule } from '#src/domain/rollup/types.js';
import { canonical, type Decimal, decimal, divide } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';

interface NodeBase {
  readonly address: string;
  readonly name: string;
  /** Within the node above; absent at the top. */
  readonly weight?: DecimalText;
}

/** A node of a scorecard with its definition. */
export type DefinedNode =
  | (NodeBase & { readonly kind: 'measure'; readonly measure: Measure })
  | (NodeBase & { readonly kind: 'objective'; readonly rule: RollUpRule; readonly objective: Objective })
  | (NodeBase & { readonly kind: 'perspective'; readonly rule: RollUpRule; readonly perspective: Perspective })
  | (NodeBase & { readonly kind: 'scorecard'; readonly rule: RollUpRule; readonly scorecard: Scorecard });

/** A node and its part of the weight of all children of the node above that are scored. */
export interface WeightedNode {
  readonly node: DefinedNode;
  /** 0 to 1; absent for one that is never scored. */
  readonly share?: DecimalText;
}

/** A step from a node towards the top. */
export interface StepUp {
  readonly above: DefinedNode;
  /** What the node below weighs there, and its part of all. */
  readonly weight: DecimalText;
  readonly share?: DecimalText;
}

/** The nodes of a configuration, definitions that serve many units among them, and who counts for whom. */
export interface DefinedTree {
  readonly nodes: readonly DefinedNode[];
  readonly at: (address: string) => DefinedNode | undefined;
  readonly childrenOf: (node: DefinedNode) => readonly WeightedNode[];
  /** From the node above to the top. */
  readonly wayUp: (node: DefinedNode) => readonly StepUp[];
}

/**
 * Who counts for whom, by the configuration alone.
 *
 * At the address of a definition that serves many units stands the scorecard above the units; its perspectives,
 * objectives and measures are those of the definition.
 */
export function definedTree(config: ResolvedConfig): DefinedTree {
  const { measures, scorecards, templates, site } = config;
  const tree = scorecardTree(config);
  const definitions = new Map(templates?.scorecards.map((each) => [each.address, each]));
  const bodyOf = (scorecard: Scorecard): Scorecard => definitions.get(scorecard.address) ?? scorecard;
  const rule = ({ rollUp }: { readonly rollUp?: RollUpRule }): RollUpRule => rollUp ?? site.rollUp;
  const scorecardNode = (scorecard: Scorecard): DefinedNode => ({
    kind: 'scorecard',
    address: scorecard.address,
    name: scorecard.name,
    rule: rule(scorecard),
    scorecard,
    ...(scorecard.parent === undefined ? {} : { weight: scorecard.parent.weight }),
  });
  const perspectiveNode = (perspective: Perspective): DefinedNode => ({
    kind: 'perspective',
    rule: rule(perspective),
    perspective,
    ...base(perspective),
  });
  const objectiveNode = (objective: Objective): DefinedNode => ({
    kind: 'objective',
    rule: rule(objective),
    objective,
    ...base(objective),
  });
  const measureNode = (measure: Measure): DefinedNode => ({ kind: 'measure', measure, ...base(measure) });
  const all: readonly Measure[] = [...(templates?.measures ?? []), ...measures];
  const nodes = [
    ...scorecards.flatMap((scorecard) => {
      const body = bodyOf(scorecard);
      return [
        scorecardNode(scorecard),
        ...body.perspectives.map(perspectiveNode),
        ...body.objectives.map(objectiveNode),
      ];
    }),
    ...all.map(measureNode),
  ];
  const byAddress = new Map(nodes.map((node) => [node.address, node]));
  const at = (address: string): DefinedNode | undefined => byAddress.get(address);
  const found = (addresses: readonly { readonly address: string }[]): DefinedNode[] =>
    addresses.flatMap(({ address }) => at(address) ?? []);
  const childrenOf = (node: DefinedNode): readonly WeightedNode[] => weighted(below(node));
  const below = (node: DefinedNode): readonly DefinedNode[] => {
    switch (node.kind) {
      case 'measure':
        return [];
      case 'objective':
        return found(all.filter(({ objective }) => objective === node.address));
      case 'perspective':
        return nodes.filter((each) => each.kind === 'objective' && each.objective.perspective === node.address);
      case 'scorecard':
        return found([...node.scorecard.perspectives, ...tree.childrenOf(node.address)]);
    }
  };
  const above = (node: DefinedNode): DefinedNode | undefined => {
    switch (node.kind) {
      case 'measure':
        return at(node.measure.objective);
      case 'objective':
        return at(node.objective.perspective);
      case 'perspective':
        return at(node.address.slice(0, node.address.lastIndexOf('/')));
      case 'scorecard':
        return at(node.scorecard.parent?.scorecard ?? '');
    }
  };
  return {
    nodes,
    at,
    childrenOf,
    wayUp(node) {
      const steps: StepUp[] = [];
      for (let [own, next] = [node, above(node)]; next !== undefined; [own, next] = [next, above(next)]) {
        const share = childrenOf(next).find((child) => child.node.address === own.address)?.share;
        steps.push({ above: next, weight: own.weight ?? '1', ...(share === undefined ? {} : { share }) });
      }
      return steps;
    },
  };
}

function base({ address, name, weight }: NodeBase): NodeBase {
  return { address, name, ...(weight === undefined ? {} : { weight }) };
}

function weighted(nodes: readonly DefinedNode[]): readonly WeightedNode[] {
  const isScored = (node: DefinedNode): boolean => node.kind !== 'measure' || node.measure.direction !== 'unscored';
  const total = nodes.filter(isScored).reduce<Decimal>((sum, { weight = '1' }) => sum.plus(weight), decimal('0'));
  return nodes.map((node) =>
    isScored(node) ? { node, share: canonical(divide(decimal(node.weight ?? '1'), total)) } : { node },
  );
}
