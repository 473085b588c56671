import type { CalendarDate } from '../period/types.js';
import type { NoScoreState, Status } from '../score/types.js';
import type { Rounding } from '../value/round-to-step.js';
import type { DecimalText } from '../value/types.js';

/** One child as its parent sees it. */
export interface RollUpChild {
  readonly node: string;
  readonly weight: DecimalText;
  /** Absent when the child has no score; its weight then counts against coverage. */
  readonly score?: DecimalText;
  /** The score before it was held to 0–1. Absent: `score` itself. */
  readonly unclamped?: DecimalText;
  readonly status: Status | NoScoreState;
  /** Of a rolled-up child: its own coverage. Absent for a measure: 1 with a score, 0 without. */
  readonly coverage?: DecimalText;
  /** Last day of the oldest actual below this child. */
  readonly oldestData?: CalendarDate;
}

/**
 * How scores of children become the one of their parent.
 *
 * - `weighted_mean`: Σ weight × score ÷ Σ weight of the children with a score
 * - `worst`, `best`: the status that is worst or best among the children, and the least or greatest score that has it
 * - `most_frequent`: the status that most children have, weights aside; `ties` says which of several
 * - `sum_of_points`: weight × score are a child's points; their sum ÷ what was possible is the score
 * - `best_of`: the weighted mean of the `count` best children, of all where there are fewer
 */
export type RollUpMethod =
  | { readonly kind: 'weighted_mean' | 'worst' | 'best' }
  | { readonly kind: 'most_frequent'; readonly ties: 'worst' | 'best' }
  | {
      readonly kind: 'sum_of_points';
      /** Points that all children together can have; absent: the sum of their weights. */
      readonly possible?: DecimalText;
    }
  | { readonly kind: 'best_of'; readonly count: number };

/** One step of a node's bands, best first: the first whose `from` is reached holds. */
export interface RollUpBand {
  /** A value equal to it belongs to this band. Absent in the last one, which takes all the rest. */
  readonly from?: DecimalText;
  readonly status: Status;
  /** What people call it: `5 stars`. */
  readonly label?: string;
}

/** How old a child's last value may be for its score to count; without limits, any age. */
export interface AgeLimit {
  /** Days between the end of its period and the day of the roll-up. */
  readonly maxAgeDays?: number;
  /** Whole periods of its own that have ended since. */
  readonly maxAgePeriods?: number;
}

/** How a node's score is made, what its status is by, and what it needs to have one. Absent settings do nothing. */
export interface RollUpRule {
  /** Status is `on_track` from this score (0–1) on. Not asked where there are `bands`. */
  readonly onTrackFrom: DecimalText;
  readonly atRiskFrom: DecimalText;
  /** Least coverage (0–1) for a score; below it the node is `insufficient_data`. */
  readonly minimumCoverage: DecimalText;
  /** Least number of children with a score. */
  readonly minimumChildren: number;
  /** Absent: the weighted mean. */
  readonly method?: RollUpMethod;
  /** Best first, see `checkRollUpBands`. */
  readonly bands?: readonly RollUpBand[];
  /** What bands are compared with; absent: the score. Points exist with `sum_of_points` only. */
  readonly bandsOn?: 'points';
  /** Rounding of the result, on the scale of 0–1, before it meets bands or limits. */
  readonly round?: Rounding;
  /** Rounding of each child's score before it enters. */
  readonly roundChildren?: Rounding;
  /** Children enter with what they have beyond 0 and 1. */
  readonly unclamped?: true;
  readonly ageLimit?: AgeLimit;
}

/** A node's score made from its children's; without a score the coverage still says how much there was. */
export interface RollUpResult {
  readonly status: Status | 'insufficient_data' | 'unscored';
  /** 0–1, rounded as the rule says. */
  readonly score?: DecimalText;
  /** Where the score was held to 0–1: what it would be. */
  readonly unclamped?: DecimalText;
  /** Where rounding changed it: what it was before. */
  readonly unrounded?: DecimalText;
  /** Label of the band that holds. */
  readonly band?: string;
  /** With `sum_of_points`: the sum, and the most it could be for the children with a score. */
  readonly points?: DecimalText;
  readonly possible?: DecimalText;
  /** Weight that has a score ÷ weight in all, 0–1, carried up from the measures. */
  readonly coverage: DecimalText;
  readonly oldestData?: CalendarDate;
  /** Children without a score, in their order. */
  readonly without: readonly string[];
}
