import type { CalendarDate } from '../period/types.js';
import type { NoScoreState, Status } from '../score/types.js';
import type { DecimalText } from '../value/types.js';

/** One child as its parent sees it. */
export interface RollUpChild {
  readonly node: string;
  readonly weight: DecimalText;
  /** Absent when the child has no score; its weight then counts against coverage. */
  readonly score?: DecimalText;
  readonly status: Status | NoScoreState;
  /** Of a rolled-up child: its own coverage. Absent for a measure: 1 with a score, 0 without. */
  readonly coverage?: DecimalText;
  /** Last day of the oldest actual below this child. */
  readonly oldestData?: CalendarDate;
}

/** Score limits of a roll-up's status, and what it needs to have one. */
export interface RollUpRule {
  /** Status is `on_track` from this score (0–1) on. */
  readonly onTrackFrom: DecimalText;
  readonly atRiskFrom: DecimalText;
  /** Least coverage (0–1) for a score; below it the node is `insufficient_data`. */
  readonly minimumCoverage: DecimalText;
  /** Least number of children with a score. */
  readonly minimumChildren: number;
}

/** A node's score made from its children's; without a score the coverage still says how much there was. */
export interface RollUpResult {
  readonly status: Status | 'insufficient_data' | 'unscored';
  readonly score?: DecimalText;
  /** Weight that has a score ÷ weight in all, 0–1, carried up from the measures. */
  readonly coverage: DecimalText;
  readonly oldestData?: CalendarDate;
  /** Children without a score, in their order. */
  readonly without: readonly string[];
}
