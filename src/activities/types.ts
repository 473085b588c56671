import type { Failure } from '#src/domain/failure/plumbline-error.js';
import type { Instant } from '#src/domain/period/types.js';
import type { RunState, RunTrigger } from '#src/store/types.js';

/** What starts a collection. Small, without secrets: it is written into history. */
export interface CollectInput {
  readonly group: string;
  readonly configRevision: string;
}

/** A run's identity, made by the runner from the nominal time and never from the clock. */
export interface RunRequest extends CollectInput {
  readonly logicalTime: Instant;
  readonly trigger: RunTrigger;
}

export interface PlannedRun {
  readonly runId: string;
  /** Extracts to read, in batches that one step pulls. */
  readonly batches: readonly (readonly string[])[];
  /** Set where the pulls draw on a budget of calls: each batch is then one planned call. */
  readonly quota?: PullQuota;
}

/** A budget of upstream calls, as the runners hold it. */
export interface PullQuota {
  /** Queue of its own, shared by all workers of the site; without Temporal just the budget's name. */
  readonly taskQueue: string;
  readonly callsPerMinute: number;
  /** What each step costs of it, at the most. */
  readonly callsPerStep: number;
}

export interface PullRequest {
  readonly runId: string;
  readonly extracts: readonly string[];
  readonly quota?: PullQuota;
}

/** Counts only: rows stay in the store. */
export interface PullCounts {
  readonly seen: number;
  readonly used: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly revisions: number;
  readonly failedExtracts: readonly string[];
}

export interface RunSummary extends PullCounts {
  readonly runId: string;
  readonly state: RunState;
  readonly scoresChanged: number;
  readonly alertsOpened: number;
  readonly alertsResolved: number;
}

/** How the orchestration left a run: to its end, stopped by somebody, or stopped by a step that could not be done. */
export type RunEnd = 'finished' | 'cancelled' | 'failed';

/** The steps of a collection. Each is idempotent: it may run again after it has committed. */
export interface CollectSteps {
  planRun(request: RunRequest): Promise<PlannedRun>;
  pullExtracts(request: PullRequest): Promise<PullCounts>;
  /** For a pull step that ended without recording its outcome (time-out, lost for good). */
  recordPullFailure(request: {
    readonly runId: string;
    readonly extracts: readonly string[];
    readonly failure: Failure;
  }): Promise<void>;
  scoreRun(request: { readonly runId: string }): Promise<{ readonly scoresChanged: number }>;
  assessRun(request: { readonly runId: string }): Promise<{ readonly opened: number; readonly resolved: number }>;
  closeRun(request: { readonly runId: string; readonly ended: RunEnd }): Promise<{ readonly state: RunState }>;
}

export interface SweepRequest extends WatchedRequest {
  readonly configRevision: string;
  readonly logicalTime: Instant;
}

/** What sweep and delivery are told of how they were started. */
export interface WatchedRequest {
  /** By a schedule, so that the next one can be expected. */
  readonly scheduled?: boolean;
}

export interface DeliverRequest extends WatchedRequest {
  readonly configRevision: string;
}

export interface SweepSummary {
  readonly scoresChanged: number;
  readonly alertsOpened: number;
  readonly alertsResolved: number;
}

export interface SweepSteps {
  sweepFreshness(request: SweepRequest): Promise<SweepSummary>;
}

export interface DeliverySummary {
  readonly sent: number;
  readonly retried: number;
  readonly dead: number;
  /** Whether more messages are due than one step takes. */
  readonly more: boolean;
}

export interface DeliverSteps {
  deliverOutbox(request: DeliverRequest): Promise<DeliverySummary>;
}
