import type { ResolvedConfig } from '#src/config/types.js';
import type { MeasuresAround } from '#src/domain/derivation/rows-until.js';
import { scorecardTree } from '../score/scorecard-tree.js';
import { derivedGraph } from './derived-graph.js';

/** The measures of a configuration by address, and those that stand below one. */
export function measuresAround(config: ResolvedConfig): MeasuresAround {
  const { measureAt } = scorecardTree(config);
  const { childrenOf } = derivedGraph(config);
  return {
    measureOf: measureAt,
    childrenOf: (measure, id) => childrenOf(measure, id).flatMap((address) => measureAt(address) ?? []),
  };
}
