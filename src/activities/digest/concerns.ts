import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { AlertRecord } from '#src/domain/alert/types.js';
import { CANARY_MEASURE, isCanary } from '#src/domain/canary/canary.js';
import type { Measure } from '#src/domain/measure/types.js';

export interface Concerns {
  readonly measures: readonly Measure[];
  readonly isConcern: (alert: Pick<AlertRecord, 'subject' | 'owner' | 'told'>) => boolean;
}

/**
 * What a person has to know of: measures that are the person's own or of an objective or a scorecard that is, alerts about
 * these, owned by the person or told to them, and, for the operator, alerts of owners who are gone.
 *
 * Of absent people for whom the person stands in what these own themselves: it is to be acted on. What they only look over,
 * below an objective of theirs, waits for them.
 */
export function concernsOf(config: ResolvedConfig, person: string, standsInFor: readonly string[] = []): Concerns {
  const objectives = new Set<string>();
  for (const scorecard of config.scorecards) {
    for (const objective of scorecard.objectives) {
      if (scorecard.owner === person || objective.owner === person) objectives.add(objective.address);
    }
  }
  const acting = new Set([person, ...standsInFor]);
  const measures = config.measures.filter(
    ({ address, owner, objective }) => address !== CANARY_MEASURE && (acting.has(owner) || objectives.has(objective)),
  );
  const subjects = new Set(measures.map(({ address }) => alertSubject('measure', address)));
  const people = new Set(config.people.map(({ id }) => id));
  const isOperator = acting.has(config.site.operator);
  return {
    measures,
    isConcern: ({ subject, owner, told }) =>
      !isCanary({ subject }) &&
      (acting.has(owner) ||
        told?.includes(person) === true ||
        subjects.has(subject) ||
        (isOperator && !people.has(owner))),
  };
}
