import { alertKey, conditionKey } from '#src/domain/alert/alert-key.js';
import { type AlertKind, isOfEachPeriod } from '#src/domain/alert/kinds.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import type { AlertCondition, AlertRecord, AlertSubject, FoundCondition } from '#src/domain/alert/types.js';
import type { StoreReader } from '#src/store/types.js';

/** Kinds that only a changed score begins or ends. */
const BY_SCORES: readonly AlertKind[] = ['off_track', 'worsened', 'improved', 'at_risk'];

/** Measures that have to be looked at though no score has changed: time, or what a person did, may have moved their alerts. */
export function subjectsMovedByTime(active: readonly AlertRecord[]): ReadonlySet<AlertSubject> {
  return new Set(active.filter((record) => !isAsItWas(record)).map(({ subject }) => subject));
}

/** What holds of measures that were not looked at: their scores are as they were, so what held then holds now. */
export function asTheyWere(
  active: readonly AlertRecord[],
  looked: ReadonlySet<AlertSubject>,
): readonly FoundCondition[] {
  return active
    .filter((record) => isAsItWas(record) && !looked.has(record.subject))
    .map(({ kind, subject, period, owner, summary, details }) => ({
      ...{ kind, subject, period, owner, summary, details },
      through: period,
    }));
}

function isAsItWas({ kind, state, easedAt, dismissedThrough }: AlertRecord): boolean {
  const holds = (state === 'pending' || isStanding(state)) && easedAt === undefined && dismissedThrough === undefined;
  return holds && BY_SCORES.includes(kind);
}

/**
 * The alerts that conditions are compared with: those that are not over, and of what begins now all earlier ones. Those of years
 * ago that nothing is like are not read.
 */
export async function alertsBeside(
  reader: StoreReader,
  active: readonly AlertRecord[],
  conditions: readonly AlertCondition[],
): Promise<readonly AlertRecord[]> {
  const standing = new Set(active.map(standingKey));
  const fresh = conditions.filter((condition) => !standing.has(standingKey(condition)));
  if (fresh.length === 0) return active;
  const known = new Set(active.map(keyOf));
  const earlier = await reader.alerts({ subjects: fresh.map(({ subject }) => subject) });
  return [...active, ...earlier.filter((record) => !known.has(keyOf(record)))];
}

/** What can stand once at most. */
function standingKey({ kind, subject, period }: AlertCondition): string {
  return isOfEachPeriod(kind) ? alertKey(kind, subject, period) : conditionKey(kind, subject);
}

const keyOf = ({ kind, subject, period }: AlertCondition): string => alertKey(kind, subject, period);
