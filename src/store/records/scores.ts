import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { LeftOut } from '#src/domain/rollup/left-out.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { DecimalText } from '#src/domain/value/types.js';
import type { NodeKind } from './dimensions.js';

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
