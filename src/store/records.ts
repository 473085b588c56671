import type { Aggregate, ReportedReason, RevisionReason } from '#src/domain/actual/types.js';
import type { Failure } from '#src/domain/failure/plumbline-error.js';
import type { AbsenceReason } from '#src/domain/freshness/absence.js';
import type { PeriodDates } from '#src/domain/freshness/dates.js';
import type { StandStep } from '#src/domain/freshness/stand-steps.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { LeftOut } from '#src/domain/rollup/left-out.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { DecimalText, RejectRule } from '#src/domain/value/types.js';

/** Where the store lives. Same shape as the configuration's `StoreConfig`, with the password resolved. */
export type StoreLocation =
  | { readonly client: 'sqlite' /** Absolute path. */; readonly file: string }
  | {
      readonly client: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
      readonly password: string;
    };

export type RunTrigger = 'schedule' | 'manual' | 'once';
export type RunState = 'running' | 'done' | 'partial' | 'failed' | 'cancelled';

export interface RunOpening {
  /** Deterministic: group and logical time. */
  readonly runId: string;
  readonly group: string;
  readonly logicalTime: Instant;
  readonly trigger: RunTrigger;
  readonly configRevision: string;
  readonly startedAt: Instant;
}

export interface RunRecord extends RunOpening {
  readonly state: RunState;
  readonly finishedAt?: Instant;
}

/** Rows of one pull by what became of them: seen = used + rejected + the sum of `skipped`. */
export interface RowBalance {
  readonly seen: number;
  readonly used: number;
  readonly rejected: number;
  readonly skipped: Readonly<Record<string, number>>;
}

/** How far a source had come when it was read, and for which definition of its measures. */
export interface PullWatermark {
  readonly evidence: 'column_maximum' | 'query' | 'file' | 'modified_time' | 'as_of_cell' | 'as_of_name' | 'own';
  /** Compared as text. */
  readonly value: string;
  /** When the source says it changed, where its watermark is a time. */
  readonly at?: Instant | CalendarDate;
  /** Digest of the definitions that the pull served: under another one the watermark says nothing. */
  readonly definition: string;
  /**
   * From where the next read continues, where that is not `value`, since rows were passed over that are wanted later; `null`:
   * from the beginning.
   */
  readonly nextSince?: string | null;
}

/** A period that a source has, with nothing but blank cells in it. */
export interface BlankPeriod {
  readonly measure: string;
  readonly period: string;
}

/** What the rows of a pull show of how far their source has come. */
export interface RowEvidence {
  /** Day of the newest row; absent without any, and of a snapshot, whose rows are of the day they are read. */
  readonly newestDay?: CalendarDate;
  /** The newest of the closed periods whose cells are all blank; absent without any. */
  readonly blankPeriods?: readonly BlankPeriod[];
}

export type PullOutcome =
  | (RowEvidence & {
      readonly outcome: 'ok';
      readonly balance: RowBalance;
      readonly digest: string;
      readonly description: readonly string[];
      readonly watermark?: PullWatermark;
      /** Rows that were mended, by the rule that the extract allows. */
      readonly repaired?: Readonly<Record<string, number>>;
    })
  | {
      readonly outcome: 'failed';
      readonly failure: Failure;
      /** Of rows that were read and not believed. */
      readonly balance?: RowBalance;
    };

/** One extract's part of a run, keyed by (run, extract). */
export type PullRecord = PullOutcome & {
  readonly runId: string;
  readonly extract: string;
  readonly at: Instant;
  /** Worth a person's look though nothing is wrong. */
  readonly notes?: readonly string[];
};

/** Why the newest overdue period of a measure has no value. */
export interface AbsenceRecord {
  readonly measure: string;
  readonly period: string;
  readonly reason: AbsenceReason;
  readonly words: string;
  /** Who can act. */
  readonly person: string;
}

/** A day that the source of an extract said it stands at, and when it first said so. */
export interface SourceStandRecord extends StandStep {
  readonly extract: string;
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

/** When a good pull of an extract was for, and when it was made. */
export interface PullTime {
  readonly logicalTime: Instant;
  readonly at: Instant;
}

export interface RejectRecord {
  /** Position in the pull, from 0. */
  readonly ordinal: number;
  readonly locator: string;
  /** Absent where the whole record is meant. */
  readonly column?: string;
  readonly raw: string;
  readonly rule: RejectRule;
  readonly message: string;
  readonly remedy: string;
  /** The row's day, where its time column could be read. */
  readonly date?: CalendarDate;
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

/** Days of a measure's history that were collected under one definition. */
export interface CollectedSpan {
  readonly valueDigest: string;
  readonly collectedFrom: CalendarDate;
  /** Exclusive. */
  readonly collectedTo: CalendarDate;
  /** Of what a run found: start of the earliest closed period that was waited for. */
  readonly waitingFrom?: CalendarDate;
}

/** How far a measure's history has been collected, by which run, and how far it was before that run. */
export interface MeasureProgress extends CollectedSpan {
  readonly measure: string;
  readonly runId: string;
  /** What the run found: the same run, repeated, plans from here and so reads the same days. */
  readonly before?: CollectedSpan;
}

/** By which configuration a family of measures, or all roll-ups, were last judged as a whole. */
export interface ScoringProgress {
  /** The key of a family of measures, or `roll-up`. */
  readonly subject: string;
  readonly configRevision: string;
  /** Of roll-ups: the day that they were made for, in the site's zone. */
  readonly day?: CalendarDate;
  /** Of a family: what time it was judged by; no period of it had closed between then and later looks that found nothing. */
  readonly judgedAt?: Instant;
}

export type NodeKind = 'scorecard' | 'perspective' | 'objective' | 'measure';

/** Score or state of a node in a period. Identical content is stored once, whatever run computes it. */
export interface ScoreRecord {
  readonly node: string;
  readonly kind: NodeKind;
  readonly period: Period;
  readonly status: Status | NoScoreState;
  readonly score?: DecimalText;
  readonly unclamped?: DecimalText;
  /** Label of the band that holds: `5 stars`. */
  readonly band?: string;
  /** Of a sum of points: the sum, and the most it could be. */
  readonly points?: DecimalText;
  readonly possible?: DecimalText;
  readonly value?: DecimalText;
  /** As text for people and BI: `85`, `72..82`. */
  readonly target?: string;
  /** 0–1. */
  readonly coverage: DecimalText;
  /** Last day of the oldest actual that entered. */
  readonly oldestData?: CalendarDate;
  /** Words: why there is no score, which children are without. */
  readonly reason?: string;
  /** Of a rolled-up node: children without a score. */
  readonly leftOut?: LeftOut;
  readonly ruleVersion: string;
  readonly inputsDigest: string;
  readonly runId: string;
  readonly scoredAt: Instant;
}

/** A content that the score of a node in a period has, or had. */
export interface JudgedScore {
  readonly node: string;
  readonly period: Period;
  readonly status: Status;
  readonly value?: DecimalText;
  readonly target?: string;
  readonly ruleVersion: string;
  readonly isCurrent: boolean;
  readonly runId: string;
  /** Of the run that scored it first; absent for a sweep. */
  readonly logicalTime?: Instant;
  readonly scoredAt: Instant;
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

/** The last digest of a person. */
export interface DigestRecord {
  readonly person: string;
  /** What it was for, whether or not there was anything to say. */
  readonly at: Instant;
  /** The last one that told of something; absent before the first. */
  readonly last?: {
    readonly at: Instant;
    /** What stood then. */
    readonly standing: readonly string[];
  };
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

export interface OutboxMessage {
  readonly messageId: string;
  readonly threadId: string;
  readonly channel: string;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly recipientAddress?: string;
  readonly subject: string;
  readonly text: string;
  /** The same for programs; absent where only words were written. */
  readonly about?: MessageFacts;
  readonly createdAt: Instant;
  /** Whether it waits for nobody's hours and for no maximum. */
  readonly urgent?: boolean;
  /** What it has in common with others: those that are due to the same reader together are told as one. */
  readonly cause?: string;
  /** When its reader may be told; absent: at once. */
  readonly notBefore?: Instant;
}

/** Why a message waits though nothing went wrong: for an hour at which its reader may be told, or for a maximum an hour. */
export type HeldBy = 'hours' | 'maximum';

export interface OutboxRecord extends Omit<OutboxMessage, 'notBefore'> {
  /** `summarised`: told in another message, {@link summaryId}. */
  readonly state: 'pending' | 'sent' | 'dead' | 'dropped' | 'summarised';
  readonly heldBy?: HeldBy;
  readonly summaryId?: string;
  readonly attempts: number;
  readonly nextAttemptAt: Instant;
  readonly detail?: string;
  readonly sentAt?: Instant;
  /** Of a dead message. */
  readonly givenUpAt?: Instant;
}

/** A node of the scorecard tree as BI tools and the table see it. */
export interface NodeDimension {
  /** Same id as in {@link ScoreRecord}; a measure's is its address. */
  readonly node: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly parent?: string;
  readonly ownerId: string;
  readonly weight: DecimalText;
  /** Order of display over the whole tree, from 0. */
  readonly position: number;
  /** Measures only. */
  readonly unit?: string;
  readonly direction?: string;
  readonly frequency?: string;
  readonly decimals?: number;
  /** Measures only: the extract its values come from. */
  readonly extract?: string;
  /** Measures only: digest of the rule by which values are due, with its calendar and zone. */
  readonly dueRule?: string;
}

export interface PersonDimension {
  readonly person: string;
  readonly name: string;
  readonly email?: string;
  readonly manager?: string;
}

export interface CurrentActual extends ActualRevision {}

/** What is known of a value to those who judge it. */
export type CurrentValue = Pick<ActualRevision, 'measure' | 'period' | 'value' | 'evidence'>;
