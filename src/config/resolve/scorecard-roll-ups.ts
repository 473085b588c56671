import type { RollUpRule } from '#src/domain/rollup/types.js';
import { canonicalJson } from '../digest.js';
import { below } from '../problem-list.js';
import type { Entry, ScorecardEntries } from '../spec/read-specs.js';
import type { RollUpSpec } from '../spec/roll-up-spec.js';
import type { ResolveContext } from './context.js';
import { type RollUpLevel, resolveRollUp } from './roll-up.js';

/** The roll-up rules of a scorecard's nodes by their ids, those left out that are the site's. */
export interface ScorecardRollUps {
  readonly scorecard: { readonly rollUp?: RollUpRule };
  readonly perspectives: ReadonlyMap<string, { readonly rollUp?: RollUpRule }>;
  readonly objectives: ReadonlyMap<string, { readonly rollUp?: RollUpRule }>;
}

/** The rule of every node of a scorecard: its own words, then those of the nodes above it, then the site's. */
export function resolveScorecardRollUps(
  { head, perspectives, objectives }: ScorecardEntries,
  { specs, problems }: ResolveContext,
): ScorecardRollUps {
  const site = specs.site === undefined ? [] : [levelOf(specs.site)];
  const siteRule = canonicalJson(resolveRollUp(site, problems));
  const ruleOf = (levels: readonly RollUpLevel[]): { readonly rollUp?: RollUpRule } => {
    const rollUp = resolveRollUp(levels, problems);
    return canonicalJson(rollUp) === siteRule ? {} : { rollUp };
  };
  const top = [...site, ...(head === undefined ? [] : [levelOf(head)])];
  const levels = new Map(perspectives.entries.map((entry) => [entry.id, [...top, levelOf(entry)]]));
  return {
    scorecard: head === undefined ? {} : ruleOf(top),
    perspectives: new Map([...levels].map(([id, own]) => [id, ruleOf(own)])),
    objectives: new Map(
      objectives.entries.map((entry) => [
        entry.id,
        ruleOf([...(levels.get(entry.spec.perspective) ?? top), levelOf(entry)]),
      ]),
    ),
  };
}

function levelOf({ spec, place }: Entry<{ readonly roll_up?: RollUpSpec | undefined }>): RollUpLevel {
  return { spec: spec.roll_up, place: below(place, 'roll_up') };
}
