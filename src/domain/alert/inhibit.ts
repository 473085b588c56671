import { conditionKey } from './alert-key.js';
import type { AlertKind, AlertSubject, FoundCondition } from './types.js';

/** Conditions without those that only follow from a failing source. */
export interface Inhibition {
  readonly conditions: readonly FoundCondition[];
  /** Condition keys held back, for `assessAlerts`. */
  readonly inhibited: ReadonlySet<string>;
}

/** Kinds that follow from a source which cannot be read. A value that is there and off track is no such thing. */
const CONSEQUENCES: readonly AlertKind[] = ['late', 'missing'];

/**
 * One alert a root cause: while a source fails, its measures' late and missing conditions are dropped, and named in the
 * details of the source's condition.
 *
 * A measure fed by several failing sources is named under the first of them. Both kinds are held back for such a measure,
 * so that an open `late` alert is not resolved only because the period has become missing meanwhile. A measure whose value
 * did arrive has no condition here, so its open alerts resolve as usual.
 *
 * @param sources subjects of the connection and extract that feed each measure, by the measure's subject
 */
export function inhibit(
  conditions: readonly FoundCondition[],
  sources: ReadonlyMap<AlertSubject, readonly AlertSubject[]>,
): Inhibition {
  const failing = new Set(conditions.filter(({ kind }) => kind === 'source_failed').map(({ subject }) => subject));
  const cause = (condition: FoundCondition): AlertSubject | undefined =>
    CONSEQUENCES.includes(condition.kind)
      ? sources.get(condition.subject)?.find((source) => failing.has(source))
      : undefined;
  const held = conditions.filter((condition) => cause(condition) !== undefined);
  return {
    conditions: conditions
      .filter((condition) => cause(condition) === undefined)
      .map((condition) => {
        if (condition.kind !== 'source_failed') return condition;
        const named = held
          .filter((each) => cause(each) === condition.subject)
          .map((each) => `Waiting for it: ${each.summary}`);
        return named.length === 0 ? condition : { ...condition, details: [...condition.details, ...named] };
      }),
    inhibited: new Set(held.flatMap(({ subject }) => CONSEQUENCES.map((kind) => conditionKey(kind, subject)))),
  };
}
