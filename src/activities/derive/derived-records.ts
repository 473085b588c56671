import { decideRevision } from '#src/domain/actual/decide-revision.js';
import type { Aggregate } from '#src/domain/actual/types.js';
import type { Derived } from '#src/domain/derivation/types.js';
import type { DerivedMeasure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import type { ActualRevision, CurrentActual, NoValueRecord, WithdrawnActual } from '#src/store/types.js';
import { contentDigest } from '../content-digest.js';
import { isLastWord, newlyWithoutValue, sameSides } from '../pull/revise.js';
import type { ScoringMoment } from '../score/score-measure.js';

/** What a derived measure came to in a period. */
export interface DerivedOutcome {
  readonly measure: DerivedMeasure;
  readonly period: Period;
  /** Whether the period is over. */
  readonly closed: boolean;
  /** Whether it has been computed since the period was over, so that the value was final. */
  readonly seenClosed: boolean;
  readonly derived: Derived;
}

/** What is stored of the measures that were computed, by address. */
export interface StoredBefore {
  readonly current: ReadonlyMap<string, readonly CurrentActual[]>;
  readonly withdrawn: ReadonlyMap<string, readonly WithdrawnActual[]>;
  readonly without: ReadonlyMap<string, readonly NoValueRecord[]>;
  readonly moment: ScoringMoment;
}

export interface DerivedRecords {
  readonly revisions: readonly (ActualRevision | WithdrawnActual)[];
  readonly noValues: readonly NoValueRecord[];
}

/** Stands where a collected value names its extract: no extract is called so. */
export const NO_EXTRACT = '=';

/** Inputs that are kept beside a value: of a region with thousands of shops the first few. */
const MOST_INPUTS = 40;

/**
 * What is written of computed values: nothing where they are what they were.
 *
 * A value whose inputs give none any more is taken back, since it would be wrong to let it stand: its inputs are all
 * here, and nothing is missing that may still come from a source.
 */
export function derivedRecords(outcomes: readonly DerivedOutcome[], stored: StoredBefore): DerivedRecords {
  const before = new Map<string, ActualRevision | WithdrawnActual>();
  for (const records of [stored.withdrawn, stored.current]) {
    for (const record of [...records.values()].flat()) before.set(`${record.measure} ${record.period.id}`, record);
  }
  const revisions: (ActualRevision | WithdrawnActual)[] = [];
  const noValues: NoValueRecord[] = [];
  for (const outcome of outcomes) {
    const key = `${outcome.measure.address} ${outcome.period.id}`;
    const revision = revisionOf(outcome, before.get(key), stored.moment);
    if (revision !== undefined) revisions.push(revision);
    const { reason, numerator } = outcome.derived;
    if (!isLastWord(reason?.code)) continue;
    const { runId, scoredAt: recordedAt } = stored.moment;
    const sides = numerator === undefined ? {} : { numerator };
    const { measure, period } = outcome;
    noValues.push({ measure: measure.address, period, reason: reason.code, ...sides, runId, recordedAt });
  }
  return { revisions, noValues: newlyWithoutValue(noValues, [...stored.without.values()].flat()) };
}

function revisionOf(
  outcome: DerivedOutcome,
  before: ActualRevision | WithdrawnActual | undefined,
  { runId, scoredAt }: ScoringMoment,
): ActualRevision | WithdrawnActual | undefined {
  const { measure, period, closed, seenClosed } = outcome;
  const evidence = evidenceOf(outcome);
  const reason = reasonOf(before, evidence, { closed, seenClosed });
  if (reason === undefined) return undefined;
  return {
    measure: measure.address,
    period,
    revision: (before?.revision ?? 0) + 1,
    ...(evidence.value === undefined ? {} : { value: evidence.value }),
    reason,
    evidence,
    rejects: 0,
    periodClosed: closed,
    extract: NO_EXTRACT,
    sourceDigest: contentDigest({ derived: evidence.derived }),
    runId,
    recordedAt: scoredAt,
  };
}

/** Why there is a new revision; `undefined` where there is none. */
function reasonOf(
  before: ActualRevision | WithdrawnActual | undefined,
  computed: Aggregate,
  { closed: periodClosed, seenClosed }: Pick<DerivedOutcome, 'closed' | 'seenClosed'>,
): ActualRevision['reason'] | undefined {
  if (before === undefined) return computed.value === undefined ? undefined : 'first';
  const periodClosedAtCurrent = before.periodClosed || seenClosed;
  const changed = periodClosed && periodClosedAtCurrent ? 'restated' : 'updated';
  if (computed.value === undefined) return before.value === undefined ? undefined : changed;
  if (before.value === undefined) return changed;
  const sameEvidence =
    sameSides(before.evidence, computed) && before.evidence.derived?.partial === computed.derived?.partial;
  return decideRevision({ current: before, computed, periodClosedAtCurrent, periodClosed, sameEvidence });
}

function evidenceOf({ measure: { derivation }, derived }: DerivedOutcome): Aggregate {
  const { value, numerator, denominator, reason, partial, inputs } = derived;
  const more = inputs.length - MOST_INPUTS;
  return {
    ...(value === undefined ? {} : { value }),
    ...(reason === undefined ? {} : { reason: reason.code }),
    rowsUsed: 0,
    rowsFiltered: 0,
    rowsBlank: 0,
    ...(numerator === undefined ? {} : { numerator }),
    ...(denominator === undefined ? {} : { denominator }),
    derived: {
      ...(derivation.kind === 'formula' ? { text: derivation.text } : {}),
      partial,
      inputs: inputs.slice(0, MOST_INPUTS),
      ...(more > 0 ? { more } : {}),
      ...(reason === undefined ? {} : { why: reason.message }),
    },
  };
}
