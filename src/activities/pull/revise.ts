import { decideRevision } from '#src/domain/actual/decide-revision.js';
import type { Aggregate, ReportedReason } from '#src/domain/actual/types.js';
import { familyKey } from '#src/domain/measure/family.js';
import type { Expectation } from '#src/domain/measure/types.js';
import { isPeriodClosed } from '#src/domain/period/period.js';
import type { Instant, Period } from '#src/domain/period/types.js';
import type { ActualRevision, NoValueRecord, WithdrawnActual } from '#src/store/types.js';
import type { RunContext } from '../config-lookup.js';
import type { PeriodValue } from './fold/extract-fold.js';
import type { PlannedExtractMeasure } from './plan-extract.js';

/** The read that values come from. */
export interface ReadSource {
  readonly run: RunContext['run'];
  readonly extract: string;
  readonly digest: string;
  readonly at: string;
}

/** The revisions that these values are, against what is current, or was taken back and has not come since. */
export function revise(
  values: readonly PeriodValue[],
  planned: readonly PlannedExtractMeasure[],
  current: readonly (ActualRevision | WithdrawnActual)[],
  source: ReadSource,
): ActualRevision[] {
  const known = new Map(current.map((actual) => [`${actual.measure} ${actual.period.id}`, actual]));
  const collectedTo = new Map(planned.map((each) => [familyKey(each.measure), each.before?.collectedTo]));
  const isClosed = closedAt(source.run.logicalTime);
  return values.flatMap(({ measure, period, aggregate, rejects }): ActualRevision[] => {
    const before = known.get(`${measure.address} ${period.id}`);
    const periodClosed = isClosed(period, measure.timeZone);
    // A later collection that found the same value wrote no revision, but has seen the period closed.
    const seenClosed = (collectedTo.get(familyKey(measure)) ?? '') > period.end;
    const periodClosedAtCurrent = before?.periodClosed === true || seenClosed;
    const reason = decideRevision({
      current: before?.value === undefined ? undefined : before,
      computed: aggregate,
      periodClosedAtCurrent,
      periodClosed,
      sameEvidence:
        sameSides(before?.evidence, aggregate) &&
        (measure.expects === undefined || sameSeen(measure.expects, before?.evidence, aggregate)),
    });
    if (reason === undefined || aggregate.value === undefined) return [];
    return [
      {
        measure: measure.address,
        period,
        revision: (before?.revision ?? 0) + 1,
        value: aggregate.value,
        reason,
        evidence: aggregate,
        rejects,
        periodClosed,
        extract: source.extract,
        sourceDigest: source.digest,
        runId: source.run.runId,
        recordedAt: source.at,
      },
    ];
  });
}

/** Whether periods are over; measures share a few of them. */
function closedAt(now: Instant): (period: Period, timeZone: string) => boolean {
  const known = new Map<string, boolean>();
  return (period, timeZone) => {
    const key = `${period.end} ${timeZone}`;
    const closed = known.get(key) ?? isPeriodClosed(period, now, timeZone);
    known.set(key, closed);
    return closed;
  };
}

/** Whether a reason is the source's last word, and not that something has not come yet. */
export function isLastWord(reason: Aggregate['reason']): reason is ReportedReason {
  return reason !== undefined && reason !== 'no_rows' && reason !== 'all_blank' && reason !== 'absent_input';
}

/** Whether the sides of a ratio or average are what they were; none are the same as none. */
export function sameSides(before: Aggregate | undefined, computed: Aggregate): boolean {
  return before?.numerator === computed.numerator && before?.denominator === computed.denominator;
}

/** Whether as many observations were seen as before. */
function sameSeen({ of }: Expectation, before: Aggregate | undefined, computed: Aggregate): boolean {
  return of === 'rows' ? before?.rowsUsed === computed.rowsUsed : before?.days === computed.days;
}

/**
 * Periods whose rows are there and give no value: a ratio without anything to divide by, a running total without one before
 * it. They are not late. A period whose
 * cells are blank, whose rows are all of another kind, or some of whose rows were rejected or may have been, still waits
 * for its value.
 *
 * @param undatedRejects rejected rows that may be of any period
 */
export function reportedWithoutValue(
  values: readonly PeriodValue[],
  undatedRejects: number,
  runId: string,
  recordedAt: string,
): NoValueRecord[] {
  if (undatedRejects > 0) return [];
  return values.flatMap(({ measure, period, aggregate: { reason, numerator }, rejects }) => {
    if (!isLastWord(reason) || rejects > 0) return [];
    const sides = numerator === undefined ? {} : { numerator };
    return [{ measure: measure.address, period, reason, ...sides, runId, recordedAt }];
  });
}

/** Those that are not what is known: what stands as it was is recorded once. */
export function newlyWithoutValue(
  records: readonly NoValueRecord[],
  known: readonly NoValueRecord[],
): readonly NoValueRecord[] {
  const content = ({ measure, period, reason, numerator }: NoValueRecord) =>
    JSON.stringify([measure, period.id, reason, numerator]);
  const before = new Set(known.map(content));
  return records.filter((record) => !before.has(content(record)));
}
