import type { Aggregate, ReportedReason, RevisionReason } from '#src/domain/actual/types.js';
import type { AbsenceReason } from '#src/domain/freshness/absence.js';
import type { PeriodDates } from '#src/domain/freshness/dates.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { Status } from '#src/domain/score/types.js';
import type { DecimalText } from '#src/domain/value/types.js';

/** Why the newest overdue period of a measure has no value. */
export interface AbsenceRecord {
  readonly measure: string;
  readonly period: string;
  readonly reason: AbsenceReason;
  readonly words: string;
  /** Who can act. */
  readonly person: string;
}

/** The dates of a period by a due rule, whichever measures have it. */
export interface DeadlineRecord extends PeriodDates {
  /** Digest of the rule with its calendar and zone. */
  readonly dueRule: string;
  readonly period: string;
}

/** A period of a measure. */
export interface MeasurePeriod {
  readonly measure: string;
  readonly period: Period;
}

/** The first time that a period had a value, or was found to be without one. */
export interface Arrival extends MeasurePeriod {
  readonly runId: string;
  readonly recordedAt: Instant;
  /** Nominal time of its run; absent where that was none of a pull group. */
  readonly logicalTime?: Instant;
}

/** A new revision of a measure's value in a period. `revision` counts from 1 per measure and period. */
export interface ActualRevision {
  readonly measure: string;
  readonly period: Period;
  readonly revision: number;
  readonly value: DecimalText;
  readonly reason: RevisionReason;
  readonly evidence: Aggregate;
  /** Rejected rows of the whole extract in the period: of which measure or unit they are is not known. */
  readonly rejects: number;
  /** Whether the period had ended at the run's logical time. */
  readonly periodClosed: boolean;
  readonly extract: string;
  readonly sourceDigest: string;
  readonly runId: string;
  readonly recordedAt: Instant;
}

/**
 * A value that was taken back: what it was made of gives none any more. A revision without a value, so that the number
 * that was wrong is not the current one; `evidence.reason` says why.
 */
export type WithdrawnActual = Omit<ActualRevision, 'value'> & { readonly value?: undefined };

/** A closed period with a value that was corrected of late, and more than one status on record. */
export interface RestatedPeriod {
  readonly measure: string;
  readonly period: Period;
  /** Oldest first; the last is the current one. */
  readonly revisions: readonly {
    readonly reason: RevisionReason;
    readonly value?: DecimalText;
    readonly runId: string;
    /** Of its run; absent where that was none of a pull group. */
    readonly logicalTime?: Instant;
    readonly recordedAt: Instant;
    /** As judged with this value by the rule and the target of today; absent where it was not. */
    readonly status?: Status;
  }[];
}

/**
 * A period that the source did report, and that has no value all the same. An actual of the period, before or after,
 * goes before it.
 */
export interface NoValueRecord {
  readonly measure: string;
  readonly period: Period;
  readonly reason: ReportedReason;
  /** Of a ratio or average whose denominator is 0: its other side, unscaled. */
  readonly numerator?: DecimalText;
  readonly runId: string;
  readonly recordedAt: Instant;
}

/** What a person wrote about a node in a period. */
export interface NoteRecord {
  /** Address of a measure or of any other node. */
  readonly node: string;
  readonly periodId: string;
  readonly text: string;
  /** Person id. */
  readonly author: string;
  readonly writtenAt: Instant;
}

/** That the value of a period was asked for. */
export interface ValueRequestRecord {
  readonly measure: string;
  readonly periodId: string;
  /** The day of the due rule that it was asked for. */
  readonly day: CalendarDate;
  /** Id of the person who was asked. */
  readonly person: string;
  readonly requestedAt: Instant;
}

export interface CurrentActual extends ActualRevision {}

/** What is known of a value to those who judge it. */
export type CurrentValue = Pick<ActualRevision, 'measure' | 'period' | 'value' | 'evidence'>;
