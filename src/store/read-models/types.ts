import type { AlertEvent, AlertRecord } from '#src/domain/alert/types.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { LeftOut } from '#src/domain/rollup/left-out.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { DecimalText } from '#src/domain/value/types.js';
import type {
  ActualRevision,
  NodeDimension,
  NodeKind,
  NoteRecord,
  OutboxRecord,
  PullRecord,
  RejectRecord,
  RunRecord,
  ScoreRecord,
  WithdrawnActual,
} from '../types.js';

/** A node's current standing. Everything from `periodId` to `runId` is absent until the node is first scored. */
export interface ScorecardRow {
  readonly node: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly parent?: string;
  readonly ownerId: string;
  /** The id where the owner is not among the people any more. */
  readonly ownerName: string;
  readonly weight: DecimalText;
  /** Order of display over the whole tree, from 0. */
  readonly position: number;
  readonly unit?: string;
  readonly direction?: string;
  readonly frequency?: string;
  readonly decimals?: number;
  readonly periodId?: string;
  readonly periodStart?: CalendarDate;
  /** Exclusive. Whether the period is still open is the caller's to say: the store does not know the time. */
  readonly periodEnd?: CalendarDate;
  readonly status?: Status | NoScoreState;
  /** 0–1. */
  readonly score?: DecimalText;
  /** Label of the band that holds. */
  readonly band?: string;
  /** Of a sum of points: the sum, and the most it could be. */
  readonly points?: DecimalText;
  readonly possible?: DecimalText;
  readonly value?: DecimalText;
  /** As text: `85`, `72..82`. */
  readonly target?: string;
  /** 0–1. */
  readonly coverage?: DecimalText;
  readonly oldestData?: CalendarDate;
  readonly reason?: string;
  /** Of a node that is made of others: those it is made without, as `reason` names them. */
  readonly leftOut?: LeftOut;
  readonly scoredAt?: Instant;
  readonly runId?: string;
}

export interface AlertView extends AlertRecord {
  /** The id where the owner is not among the people any more. */
  readonly ownerName: string;
  /** Name of the measure it is about; absent for connections and extracts. */
  readonly nodeName?: string;
  /** Name of the person who brought it into its state, or the id where that person is gone. */
  readonly handledByName?: string;
}

export interface AlertHistoryEntry extends AlertView {
  /** When the last event happened. */
  readonly changedAt: Instant;
  /** In order of sequence. */
  readonly history: readonly (AlertEvent & { readonly runId: string })[];
}

/** A pull with the logical time of its run. */
export type PullView = PullRecord & { readonly logicalTime: Instant };

export interface RejectView extends RejectRecord {
  readonly runId: string;
  readonly extract: string;
  readonly logicalTime: Instant;
}

export interface RejectFilter {
  readonly runId?: string;
  readonly extract?: string;
  readonly limit: number;
}

export interface RunView extends RunRecord {
  /** By extract. */
  readonly pulls: readonly PullRecord[];
}

/** Periods of which something is stored. */
export interface KnownPeriods {
  /** Ids of the newest, the newest first. */
  readonly newest: readonly string[];
  readonly count: number;
}

/** Where a measure's value in a period comes from; of any other node where its score is. */
export interface Explanation {
  readonly measure: string;
  /** Absent where the measure is not in the applied configuration. */
  readonly dimension?: NodeDimension;
  /** Absent where nothing is stored: no score, no actual. */
  readonly period?: Period;
  /** Of a measure those with a value, of any other node those with a score or state. */
  readonly known: KnownPeriods;
  /** All of the period, oldest first; the last is the current one. */
  readonly revisions: readonly (ActualRevision | WithdrawnActual)[];
  /** The pull that brought the current revision. */
  readonly pull?: PullView;
  /** Stored rejects of that pull (or of `latestPull` while there is no revision) that may concern the period. */
  readonly rejects: { readonly shown: readonly RejectRecord[]; readonly total: number };
  readonly score?: ScoreRecord;
  /** The newest pull of the measure's extract, whether it went well or not. */
  readonly latestPull?: PullView;
}

/** What CLI and API show. Reads only. */
/** What has gone over a channel. */
export interface ChannelTraffic {
  readonly channel: string;
  readonly waiting: number;
  readonly dead: number;
  readonly lastSentAt?: Instant;
  /** When the oldest message was written that was tried and waits. */
  readonly failingFrom?: Instant;
}

export interface ReadModels {
  /** Every node of the applied configuration in display order. */
  scorecardTable(): Promise<readonly ScorecardRow[]>;
  /** What people have been told of and is not over, newest first: open, acknowledged and snoozed. */
  openAlerts(): Promise<readonly AlertView[]>;
  /** Alerts of every state, the most recently changed first; the canary's own are in neither list. */
  alertHistory(limit: number): Promise<readonly AlertHistoryEntry[]>;
  alert(key: Pick<AlertRecord, 'kind' | 'subject' | 'period'>): Promise<AlertHistoryEntry | undefined>;
  /** Rejects of the newest pulls first; inside a pull in the order of the source. */
  rejectsOf(filter: RejectFilter): Promise<readonly RejectView[]>;
  /** By logical time, newest first. */
  latestRuns(limit: number): Promise<readonly RunView[]>;
  /** What is told in another message, in the order in which it was written: its facts. */
  factsIn(messageId: string): Promise<readonly MessageFacts[]>;
  /** Newest first. */
  outboxRecords(limit: number): Promise<readonly OutboxRecord[]>;
  /** All notes on a node in a period, oldest first; the last is the one that is shown. */
  notesOf(node: string, periodId: string): Promise<readonly NoteRecord[]>;
  /** Of each channel that ever had a message. */
  channelTraffic(): Promise<readonly ChannelTraffic[]>;
  /** Without `periodId`: the period that the scorecard shows for this measure or other node. */
  explain(measure: string, periodId?: string): Promise<Explanation>;
}
