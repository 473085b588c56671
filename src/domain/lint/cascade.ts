import type { LintFinding } from './types.js';

/** Where a scorecard stands among all of a site. */
interface Standing {
  readonly address: string;
  /** Address of the one it counts for. */
  readonly parent?: string;
}

/**
 * Scorecards that stand apart where others count for each other: their score enters no other, and none enters theirs.
 *
 * Nothing is found where no scorecard has a parent: several side by side are no cascade.
 */
export function cascadeFindings(scorecards: readonly Standing[]): readonly LintFinding[] {
  const parents = new Set(scorecards.flatMap(({ parent }) => parent ?? []));
  if (parents.size === 0) return [];
  return scorecards
    .filter(({ address, parent }) => parent === undefined && !parents.has(address))
    .map(({ address }) => ({
      rule: 'orphan_scorecard',
      subject: address,
      message: 'it counts for no scorecard and none counts for it, while others do',
      remedy: 'name the scorecard above as its parent, or set the rule orphan_scorecard to off',
    }));
}
