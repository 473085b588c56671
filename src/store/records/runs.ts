import type { Failure } from '#src/domain/failure/plumbline-error.js';
import type { StandStep } from '#src/domain/freshness/stand-steps.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import type { RejectRule } from '#src/domain/value/types.js';

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

/** A day that the source of an extract said it stands at, and when it first said so. */
export interface SourceStandRecord extends StandStep {
  readonly extract: string;
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
