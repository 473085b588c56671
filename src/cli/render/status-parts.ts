import { decimal } from '#src/domain/value/decimal.js';
import type { Standing } from './standing.js';

/** Scorecards that are shown with everything in them; where there are more, those below are summed up. */
const MOST_SCORECARDS = 30;
/** Scorecards below that are shown where not all are. */
const WORST = 10;

/** What is shown as one table. */
export interface StatusPart {
  /** In display order; the first stands at the left. */
  readonly nodes: readonly Standing[];
  /** Scorecards right below the first node that are not among them; the worst are. */
  readonly leftOut: number;
}

/**
 * The tables of a status: one for each node that nothing shown stands above, with all that is below it. Where there are
 * many scorecards, a table has the nodes of its own first scorecard, and of those right below it the worst.
 */
export function statusParts(nodes: readonly Standing[]): readonly StatusPart[] {
  const parts = perTop(nodes);
  const scorecards = nodes.filter(({ row }) => row.kind === 'scorecard').length;
  return scorecards <= MOST_SCORECARDS ? parts.map((part) => ({ nodes: part, leftOut: 0 })) : parts.map(summedUp);
}

/** A node with everything below it, as if nothing were above. `nodes` are in display order, depth first. */
export function subtree(nodes: readonly Standing[], address: string): readonly Standing[] {
  const start = nodes.findIndex(({ row }) => row.node === address);
  const top = nodes[start];
  if (top === undefined) return [];
  const end = nodes.findIndex(({ depth }, index) => index > start && depth <= top.depth);
  return nodes.slice(start, end < 0 ? undefined : end).map((node) => ({ ...node, depth: node.depth - top.depth }));
}

/** Runs of nodes that begin at the left. */
function perTop(nodes: readonly Standing[]): readonly (readonly Standing[])[] {
  const runs: Standing[][] = [];
  for (const node of nodes) {
    const current = runs.at(-1);
    if (current === undefined || node.depth === 0) runs.push([node]);
    else current.push(node);
  }
  return runs;
}

function summedUp(nodes: readonly Standing[]): StatusPart {
  const below = nodes.findIndex(({ row }, index) => index > 0 && row.kind === 'scorecard');
  if (below < 0) return { nodes, leftOut: 0 };
  const top = nodes[0]?.row.node;
  const children = nodes.filter(({ row }) => row.kind === 'scorecard' && row.parent === top);
  const worst = worstOf(children);
  return { nodes: [...nodes.slice(0, below), ...worst], leftOut: children.length - worst.length };
}

/** The worst of some nodes, in their order of display where all are shown. */
function worstOf(nodes: readonly Standing[]): readonly Standing[] {
  return nodes.length <= WORST ? nodes : nodes.toSorted(byWorst).slice(0, WORST);
}

/** From what somebody has to look at to what nobody has. */
const WORST_FIRST: readonly (Standing['row']['status'] | 'nothing')[] = [
  'off_track',
  'missing',
  'late',
  'at_risk',
  'insufficient_data',
  'no_target',
  'not_due',
  'not_expected',
  'nothing',
  'on_track',
  'unscored',
];

function byWorst(left: Standing, right: Standing): number {
  const rank = ({ row }: Standing): number => WORST_FIRST.indexOf(row.status ?? 'nothing');
  return rank(left) - rank(right) || byScore(left, right) || left.row.position - right.row.position;
}

function byScore({ row: { score: left } }: Standing, { row: { score: right } }: Standing): number {
  if (left === undefined || right === undefined) return (left === undefined ? 1 : 0) - (right === undefined ? 1 : 0);
  return decimal(left).comparedTo(decimal(right));
}
