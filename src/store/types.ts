import type { AlertEvent, AlertRecord, AlertState } from '#src/domain/alert/types.js';
import type { StandStep } from '#src/domain/freshness/stand-steps.js';
import type { CalendarDate, Frequency, Instant, Period } from '#src/domain/period/types.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { PartProgress } from '#src/domain/watch/silence.js';
import type { ReadModels } from './read-models/types.js';
import type {
  AbsenceRecord,
  ActualRevision,
  Arrival,
  CurrentActual,
  CurrentValue,
  DeadlineRecord,
  DigestRecord,
  JudgedScore,
  MeasurePeriod,
  MeasureProgress,
  NodeDimension,
  NoteRecord,
  NoValueRecord,
  OutboxMessage,
  OutboxRecord,
  PersonDimension,
  PullRecord,
  PullTime,
  PullWatermark,
  RejectRecord,
  RestatedPeriod,
  RowEvidence,
  RunOpening,
  RunRecord,
  RunState,
  ScoreRecord,
  ScoringProgress,
  SourceStandRecord,
  ValueRequestRecord,
  WithdrawnActual,
} from './records.js';

export type * from './records.js';

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
  /** Deadlines of periods by due rules; of known ones only what has changed, as the word of a source changes them. */
  saveDeadlines(deadlines: readonly DeadlineRecord[]): Promise<void>;
  /** A day that a source says it stands at; without effect where it has said that of the same or a later day, or a later run was there. */
  saveStandStep(extract: string, step: StandStep): Promise<void>;
  /** Makes what is known of these measures be just this. */
  saveAbsences(measures: readonly string[], absences: readonly AbsenceRecord[]): Promise<void>;
  /** Appends events and moves alert states; an event already stored (alert, sequence) is a `transient` error. */
  saveAlertEvents(events: readonly AlertEvent[], runId: string): Promise<void>;
  /** Puts a note behind those of its node and period; one stored at the same moment is a `transient` error. */
  addNote(note: NoteRecord): Promise<void>;
  /** Replaces what was the last digest of these people. */
  saveDigests(digests: readonly DigestRecord[]): Promise<void>;
  /** Keeps that values were asked for; one that was already, for that day, is a `transient` error. */
  addValueRequests(requests: readonly ValueRequestRecord[]): Promise<void>;
  /** Adds messages; a known message id is left as it is. */
  enqueue(messages: readonly OutboxMessage[]): Promise<void>;
  /** What becomes of messages, together with the rest of the transaction. */
  readonly outbox: OutboxChanges;
  savePipelineProgress(progress: PartProgress): Promise<void>;
}

/** What the steps need to know of earlier runs. */
export interface StoreReader {
  configRevision(revision: string): Promise<string | undefined>;
  /** Document of the latest applied revision. */
  latestConfigRevision(): Promise<string | undefined>;
  /** Id of the latest applied revision. */
  latestRevision(): Promise<string | undefined>;
  /** When it was applied. */
  latestApplied(): Promise<Instant | undefined>;
  run(runId: string): Promise<RunRecord | undefined>;
  pulls(runId: string): Promise<readonly PullRecord[]>;
  /** The latest pull record of each extract over all runs, by logical time of its run. */
  latestPulls(extracts: readonly string[]): Promise<readonly (PullRecord & { readonly logicalTime: Instant })[]>;
  /** The newest good pull of an extract for which the source was really read, by logical time. */
  lastRead(extract: string): Promise<(PullRecord & { readonly logicalTime: Instant }) | undefined>;
  /** The first rejects of a pull, in the order of the source. */
  firstRejects(runId: string, extract: string, limit: number): Promise<readonly RejectRecord[]>;
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
  /** What the rows of the last good pull of an extract showed, among the runs before a nominal time. */
  latestRowEvidence(extract: string, before: Instant): Promise<RowEvidence>;
  /** When these extracts first said that they stand at days from `from` on, by day. */
  standSteps(extracts: readonly string[], from: CalendarDate): Promise<readonly SourceStandRecord[]>;
  /** Rejected rows of a pull that are of the period, or may be. */
  rejectsIn(pull: Pick<PullRecord, 'runId' | 'extract'>, period: Period): Promise<number>;
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
  /** All contents with a status that scores of these nodes ever had, in periods that end after `from` and have had two. */
  judgedContents(nodes: readonly string[], from: CalendarDate): Promise<readonly JudgedScore[]>;
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
  /** When each period of these measures that ends after `from` first had a value, or was found to be without one. */
  arrivals(measures: readonly string[], from: CalendarDate): Promise<readonly Arrival[]>;
  /** Nominal time of the first run that recorded a value, by measure; absent where none did. */
  collectedSince(measures: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  /** Periods of these nodes that end after `from` and stand so. */
  periodsWithStatus(
    nodes: readonly string[],
    statuses: readonly (Status | NoScoreState)[],
    from: CalendarDate,
  ): Promise<readonly MeasurePeriod[]>;
  alerts(filter: {
    readonly state?: AlertState;
    readonly subjects?: readonly string[];
    /** Those that are not over, and those that a person resolved while they held. */
    readonly isActive?: true;
  }): Promise<readonly AlertRecord[]>;
  /** The last note of each period, by node and period id; of these nodes. */
  notes(nodes: readonly string[]): Promise<readonly NoteRecord[]>;
  /** The last digest, by person id; absent of people who never had one. */
  lastDigests(): Promise<ReadonlyMap<string, DigestRecord>>;
  /** What was asked for, for days from `from` on. */
  valueRequests(from: CalendarDate): Promise<readonly ValueRequestRecord[]>;
  /**
   * Messages that were given up and never made good: nothing was delivered after that to the same person over the same
   * channel. The earliest given up first.
   */
  lostMessages(): Promise<readonly OutboxRecord[]>;
  /** How far sweep and delivery have come; absent what never was. */
  pipelineProgress(): Promise<readonly PartProgress[]>;
  /** The latest logical time of any run that was opened, or that changed an alert: none is judged by an earlier one. */
  latestLogicalTime(): Promise<Instant | undefined>;
  /** What the clock of the database server shows; `undefined` where the store is a file. */
  serverTime(): Promise<Instant | undefined>;
}

/** What becomes of messages. */
export interface OutboxChanges {
  markSent(messageId: string, at: Instant, detail: string): Promise<void>;
  markRetry(messageId: string, nextAttemptAt: Instant, detail: string): Promise<void>;
  markDead(messageId: string, at: Instant, detail: string): Promise<void>;
  /** Makes pending and dead messages due at once, with all attempts before them. Returns how many. */
  retry(messageIds: readonly string[], at: Instant): Promise<number>;
  /** Leaves pending and dead messages unsent for good. Returns how many. */
  drop(messageIds: readonly string[], detail: string): Promise<number>;
}

/** How many messages a person may get within an hour. */
export interface HourlyMaximum {
  readonly now: Instant;
  /** Absent: any number; they are counted all the same. */
  readonly most?: number;
  /** Channels that are counted together. */
  readonly channels: readonly string[];
}

/** How messages of one cause become one message. */
export interface TellingTogether {
  /** Of the one that is told in their place. */
  readonly messageId: string;
  /** Until then it is claimed. */
  readonly until: Instant;
  readonly now: Instant;
  /** Whether the channel is a room: then messages to different people are one. */
  readonly isRoom: boolean;
  /** Ids of those that are not told at all among the waiting messages of one thread, in their order; and why not, in words. */
  readonly stale: { readonly of: (thread: readonly OutboxRecord[]) => readonly string[]; readonly detail: string };
  /** @param messages the first of them, oldest first; `count` is how many there are */
  readonly compose: (messages: readonly OutboxRecord[], count: number) => Omit<OutboxMessage, 'messageId'>;
}

/** Messages waiting to be delivered. Each change is a transaction of its own. */
export interface Outbox extends OutboxChanges {
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
  /** Has a message that is due wait for a time at which its reader may be told. */
  hold(message: Pick<OutboxRecord, 'messageId' | 'nextAttemptAt'>, until: Instant): Promise<void>;
  /** As `claim`, within a maximum of its reader: `held` where he has had as many, until that is so no more. */
  claimWithin(
    message: Pick<OutboxRecord, 'messageId' | 'nextAttemptAt' | 'recipientId'>,
    until: Instant,
    maximum: HourlyMaximum,
  ): Promise<'claimed' | 'taken' | 'held'>;
  /** Messages of a thread to its reader that wait for his hours, in their order. */
  heldInThread(of: Pick<OutboxRecord, 'threadId' | 'channel' | 'recipientId'>): Promise<readonly OutboxRecord[]>;
  /**
   * Puts one message, claimed until then, in the place of a claimed one and all others that wait for the maximum of its reader
   * and channel; `undefined` where no other does.
   */
  summarise(
    claimed: Pick<OutboxRecord, 'messageId' | 'channel' | 'recipientId'>,
    until: Instant,
    now: Instant,
    compose: (messages: readonly OutboxRecord[]) => OutboxMessage,
  ): Promise<OutboxRecord | undefined>;
  /** Puts one message in the place of a claimed one and all others of its cause that are due to the same reader as well. */
  tellTogether(
    claimed: Pick<OutboxRecord, 'messageId' | 'channel' | 'recipientId' | 'cause'>,
    telling: TellingTogether,
  ): Promise<OutboxRecord | undefined>;
  /** Pending and dead messages, oldest first. */
  undelivered(): Promise<readonly OutboxRecord[]>;
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
