import type { Target } from '../target/types.js';
import type { DecimalText } from '../value/types.js';

/** What a score means, by the bands of the measure or the limits of the roll-up. */
export type Status = 'on_track' | 'at_risk' | 'off_track';

/** Why there is no score. Never folded into a colour, never 0. */
export type NoScoreState = 'not_due' | 'late' | 'missing' | 'no_target' | 'insufficient_data' | 'unscored';

/**
 * What a score is measured on.
 *
 * - `value`: the value itself
 * - `percent_of_target`: value ÷ target × 100, only for targets above zero
 * - `distance_from_target`: how far the value is from the target or outside the range, never negative
 */
export type Basis = 'value' | 'percent_of_target' | 'distance_from_target';

/** Half-open band: the basis compared with a limit. The first band of a list that holds gives the status. */
export interface Band {
  readonly status: Status;
  readonly basis: Basis;
  readonly operator: '>=' | '<=' | '>' | '<' | 'else';
  /** Absent for `else`. */
  readonly limit?: DecimalText;
  /** As the configuration spelled it. */
  readonly text: string;
}

/** A point of the piecewise-linear map: at basis `at` the score is `score` (0–1). */
export interface Knot {
  readonly at: DecimalText;
  readonly score: DecimalText;
}

/** Piecewise-linear map from basis to score; constant before the first and after the last knot. Knots ascend in `at`. */
export interface ScoreMap {
  readonly basis: Basis;
  readonly knots: readonly Knot[];
}

/** Outcome for one measure and period. */
export type PeriodScore =
  | {
      readonly scored: true;
      readonly status: Status;
      /** Label of the band that holds. */
      readonly band?: string;
      /** 0–1, clamped. */
      readonly score: DecimalText;
      /** The outer segments carried on: may lie outside 0–1. */
      readonly unclamped: DecimalText;
      /** What the score map was asked with; the bands may have another basis. */
      readonly basis: Basis;
      readonly basisValue: DecimalText;
      /** Absent where everything is judged on the value itself and no target is in force. */
      readonly target?: Target;
    }
  | { readonly scored: false; readonly status: NoScoreState; readonly reason: string; readonly target?: Target };
