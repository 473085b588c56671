import type { Aggregate, ReportedReason, RevisionReason } from '#src/domain/actual/types.js';
import type { AlertEvent, AlertRecord, AlertState } from '#src/domain/alert/types.js';
import type { Failure } from '#src/domain/failure/plumbline-error.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import type { CalendarDate, Frequency, Instant, Period } from '#src/domain/period/types.js';
import type { LeftOut } from '#src/domain/rollup/left-out.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { DecimalText, RejectRule } from '#src/domain/value/types.js';
import type { ReadModels } from './read-models/types.js';

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
  readonly evidence: 'column_maximum' | 'query' | 'file' | 'modified_time' | 'as_of_cell' | 'own';
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

export type PullOutcome =
  | {
      readonly outcome: 'ok';
      readonly balance: RowBalance;
      readonly digest: string;
      readonly description: readonly string[];
      readonly watermark?: PullWatermark;
      /** Rows that were mended, by the rule that the extract allows. */
      readonly repaired?: Readonly<Record<string, number>>;
    }
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
}

export interface OutboxRecord extends OutboxMessage {
  readonly state: 'pending' | 'sent' | 'dead' | 'dropped';
  readonly attempts: number;
  readonly nextAttemptAt: Instant;
  readonly detail?: string;
  readonly sentAt?: Instant;
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
}

export interface PersonDimension {
  readonly person: string;
  readonly name: string;
  readonly email?: string;
  readonly manager?: string;
}

/** What a step's writes go through; all of one transaction. */
export interface StoreWriter {
  saveConfigRevision(
    revision: string,
    document: string,
    at: Instant,
    nodes: readonly NodeDimension[],
    people: readonly PersonDimension[],
  ): Promise<void>;
  /** Opens, or takes up again, the run of this id. */
  openRun(opening: RunOpening): Promise<void>;
  closeRun(runId: string, state: RunState, at: Instant): Promise<void>;
  /** Replaces an earlier record and earlier rejects of the same run and extract. */
  savePull(pull: PullRecord, rejects: readonly RejectRecord[]): Promise<void>;
  /** Appends revisions and moves the current pointers. A revision number already taken is a `transient` error. */
  appendActuals(revisions: readonly (ActualRevision | WithdrawnActual)[]): Promise<void>;
  /** Replaces what is known of the same measure and period. */
  saveNoValues(records: readonly NoValueRecord[]): Promise<void>;
  saveProgress(progress: readonly MeasureProgress[]): Promise<void>;
  saveScoringProgress(progress: readonly ScoringProgress[]): Promise<void>;
  /** Inserts unknown contents, moves current pointers; returns how many nodes' current content changed. */
  saveScores(scores: readonly ScoreRecord[]): Promise<number>;
  /** Appends events and moves alert states; an event already stored (alert, sequence) is a `transient` error. */
  saveAlertEvents(events: readonly AlertEvent[], runId: string): Promise<void>;
  /** Adds messages; a known message id is left as it is. */
  enqueue(messages: readonly OutboxMessage[]): Promise<void>;
}

export interface CurrentActual extends ActualRevision {}

/** What is known of a value to those who judge it. */
export type CurrentValue = Pick<ActualRevision, 'measure' | 'period' | 'value' | 'evidence'>;

/** What the steps need to know of earlier runs. */
export interface StoreReader {
  configRevision(revision: string): Promise<string | undefined>;
  /** Document of the latest applied revision. */
  latestConfigRevision(): Promise<string | undefined>;
  /** Id of the latest applied revision. */
  latestRevision(): Promise<string | undefined>;
  run(runId: string): Promise<RunRecord | undefined>;
  pulls(runId: string): Promise<readonly PullRecord[]>;
  /** The latest pull record of each extract over all runs, by logical time of its run. */
  latestPulls(extracts: readonly string[]): Promise<readonly (PullRecord & { readonly logicalTime: Instant })[]>;
  /**
   * The newest pull of nominal times from `from` on for which a source was really asked for one of these extracts: not
   * left alone after a refusal, not without need to read, not stopped by the configuration. Of one nominal time a pull
   * that was refused goes before all others.
   */
  newestAttempt(
    extracts: readonly string[],
    from: Instant,
  ): Promise<(PullRecord & { readonly logicalTime: Instant; readonly configRevision: string }) | undefined>;
  /**
   * The watermark of the last good pull of an extract among the runs before a nominal time. A run that is repeated thus
   * finds what it found the first time.
   */
  latestWatermark(extract: string, before: Instant): Promise<PullWatermark | undefined>;
  /** Good pulls of an extract whose runs have a nominal time from `from` to before `to`, oldest first. */
  pullTimes(extract: string, from: Instant, to: Instant): Promise<readonly PullTime[]>;
  progress(measures: readonly string[]): Promise<readonly MeasureProgress[]>;
  scoringProgress(subjects: readonly string[]): Promise<readonly ScoringProgress[]>;
  /** Start of the earliest period that is not due yet, or late, by measure and frequency; absent where nothing is. */
  waitingFrom(
    measures: readonly string[],
  ): Promise<
    readonly { readonly measure: string; readonly frequency: Frequency; readonly periodStart: CalendarDate }[]
  >;
  /**
   * Current actuals of these measures in periods that start on `from` or later; without those taken back.
   *
   * @param extract only those that come from it
   */
  currentActuals(measures: readonly string[], from: CalendarDate, extract?: string): Promise<readonly CurrentActual[]>;
  /** The same, but only what judging asks for. */
  currentValues(measures: readonly string[], from: CalendarDate): Promise<readonly CurrentValue[]>;
  /** Values taken back, in periods that start on `from` or later, as far as none has come since. */
  withdrawnActuals(measures: readonly string[], from: CalendarDate): Promise<readonly WithdrawnActual[]>;
  /**
   * Start of the earliest period with a revision, or found to be without a value, recorded at `since` or later, by
   * measure; absent where there is none.
   */
  revisedFrom(measures: readonly string[], since: Instant): Promise<ReadonlyMap<string, CalendarDate>>;
  /** Periods with a value restated by a revision recorded at `since` or later, as far as their status is not the only one. */
  restatedPeriods(since: Instant): Promise<readonly RestatedPeriod[]>;
  /** When the newest run of a pull group that came to its end was started, other than this one; `undefined` without any. */
  finishedRunStart(group: string, except: string): Promise<Instant | undefined>;
  /** Periods that start on `from` or later and were reported without a value. */
  noValues(measures: readonly string[], from: CalendarDate): Promise<readonly NoValueRecord[]>;
  /** Current scores of these nodes in periods that end after `from`. */
  currentScores(nodes: readonly string[], from: CalendarDate): Promise<readonly ScoreRecord[]>;
  /** Start of the first period with a score or state ever, by node; absent where there is none. */
  scoredFrom(nodes: readonly string[]): Promise<ReadonlyMap<string, CalendarDate>>;
  /** Those of the nodes that stand so in any period that ends after `from`. */
  nodesWithStatus(
    nodes: readonly string[],
    statuses: readonly (Status | NoScoreState)[],
    from: CalendarDate,
  ): Promise<readonly string[]>;
  /**
   * Start of the earliest period whose current value is not the one it was scored by, by measure; absent where there is
   * none. Whatever run stored the value: one that was cut off before it scored leaves its revisions to the next.
   */
  unscoredFrom(measures: readonly string[]): Promise<ReadonlyMap<string, CalendarDate>>;
  /** Start of the first period ever reported, by measure; absent where nothing was. */
  reportedFrom(measures: readonly string[]): Promise<ReadonlyMap<string, CalendarDate>>;
  /** The newest period with a current score or state, by node, and the rule version it was scored under. */
  scoredTo(
    nodes: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly period: Period; readonly ruleVersion: string }>>;
  alerts(filter: {
    readonly state?: AlertState;
    readonly subjects?: readonly string[];
  }): Promise<readonly AlertRecord[]>;
  /** The latest logical time of any run that was opened, or that changed an alert: none is judged by an earlier one. */
  latestLogicalTime(): Promise<Instant | undefined>;
}

/** Messages waiting to be delivered. */
export interface Outbox {
  /**
   * Pending messages due at `now`, oldest first; of a thread, channel and recipient only the first that is not settled.
   *
   * @param except channels whose messages are left alone
   */
  due(now: Instant, limit: number, except?: readonly string[]): Promise<readonly OutboxRecord[]>;
  /**
   * Takes a message for one attempt, so that a second deliverer leaves it alone until then; `false` when another was
   * first. A deliverer that dies holds it no longer than that.
   */
  claim(message: Pick<OutboxRecord, 'messageId' | 'nextAttemptAt'>, until: Instant): Promise<boolean>;
  markSent(messageId: string, at: Instant, detail: string): Promise<void>;
  markRetry(messageId: string, nextAttemptAt: Instant, detail: string): Promise<void>;
  markDead(messageId: string, detail: string): Promise<void>;
  /** Pending and dead messages, oldest first. */
  undelivered(): Promise<readonly OutboxRecord[]>;
  /** Makes pending and dead messages due at once, with all attempts before them. Returns how many. */
  retry(messageIds: readonly string[], at: Instant): Promise<number>;
  /** Leaves pending and dead messages unsent for good. Returns how many. */
  drop(messageIds: readonly string[], detail: string): Promise<number>;
}

/** The reporting store. */
export interface ReportingStore {
  readonly read: StoreReader;
  readonly outbox: Outbox;
  /** What CLI and API show. */
  readonly models: ReadModels;
  /** Runs `work` in one transaction: all of its writes or none. */
  write<T>(work: (writer: StoreWriter, reader: StoreReader) => Promise<T>): Promise<T>;
  /** Brings the schema to the newest version. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}
