import type { RolledNode } from '#src/activities/score/node-roll-up.js';

/** Where an objective, perspective or scorecard lives. */
export function addressOfNode(node: RolledNode): string {
  switch (node.kind) {
    case 'objective':
      return node.objective.address;
    case 'perspective':
      return node.perspective.address;
    case 'scorecard':
      return node.scorecard.address;
  }
}
