import type { Measure } from '#src/domain/measure/types.js';
import type { Connection, Person, Scorecard, UnitSet } from '../types.js';

/** What a configuration holds that policies are about. */
export interface PolicyGround {
  readonly measures: readonly Pick<Measure, 'address' | 'owner'>[];
  /** Addresses of scorecards whose units are read from a source: nobody knows yet what stands below them. */
  readonly openBelow: readonly string[];
  readonly connections: readonly Pick<Connection, 'id' | 'owner'>[];
  readonly people: readonly Person[];
}

type Resolved = { readonly scorecard: Scorecard | undefined; readonly measures: readonly Measure[] };

/** The measures that policies find, those of each unit where a definition serves many. */
export function measuresForPolicies(
  resolved: readonly Resolved[],
  unitSets: readonly UnitSet[],
): Pick<PolicyGround, 'measures' | 'openBelow'> {
  const setOf = ({ scorecard }: Resolved) => unitSets.find(({ id }) => id === scorecard?.forEach);
  return {
    measures: resolved.flatMap((each): PolicyGround['measures'] => {
      if (each.scorecard?.forEach === undefined) return each.measures;
      const units = setOf(each)?.units ?? [];
      return each.measures.flatMap(({ id, owner, scorecard }) =>
        units.map((unit) => ({ address: `${scorecard}/${unit.id}/${id}`, owner: unit.owner ?? owner })),
      );
    }),
    openBelow: resolved.flatMap((each) => {
      const { scorecard } = each;
      return scorecard?.forEach === undefined || (setOf(each)?.units ?? []).length > 0 ? [] : [scorecard.address];
    }),
  };
}
