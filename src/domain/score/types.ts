import type { Direction } from '../measure/types.js';
import type { CalendarDate, Period } from '../period/types.js';
import type { Target } from '../target/types.js';
import type { Decimal, RoundingMode } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';

/** What a score means, by the bands of the measure or the limits of the roll-up. */
export type Status = 'on_track' | 'at_risk' | 'off_track';

/** Why there is no score. Never folded into a colour, never 0. */
export type NoScoreState =
  | 'not_due'
  | 'not_expected'
  | 'late'
  | 'missing'
  | 'no_target'
  | 'insufficient_data'
  | 'unscored';

/** A number, or a sum of multiples of a measure's dated series: `1.1 * threshold + 2`. */
export type Quantity =
  | DecimalText
  | {
      /** Not empty; no series twice, no factor 0. */
      readonly terms: readonly { readonly series: string; readonly times: DecimalText }[];
      readonly plus: DecimalText;
    };

/**
 * What a score is measured on.
 *
 * - `value`: the value itself
 * - `percent_of_target`: 100 is exactly on target, see `readBasis` for targets of 0 and below
 * - `distance_from_target`: how far the value is from the target or outside the range, never negative
 * - `score`: the points of the measure's own score, for bands only
 * - `status`: 1 on track, 0.5 at risk, 0 off track, for score maps only
 */
export type Basis =
  | 'value'
  | 'percent_of_target'
  | 'distance_from_target'
  | 'score'
  | 'status'
  | SeriesBasis
  | ProgressBasis
  | ExpectedProgressBasis;

/** A value seen from one of the measure's series, the target or another. */
export interface SeriesBasis {
  /**
   * `percent_of` and `distance_from` as above; `distance_percent_of` is the distance in percent of the series;
   * `variance_from` and `variance_percent_of` are how much better than the series the value is, negative when worse.
   */
  readonly kind: 'percent_of' | 'distance_from' | 'distance_percent_of' | 'variance_from' | 'variance_percent_of';
  readonly series: string;
}

/** The part of the way from one quantity to another that is done: 0 at `from`, 1 at `to`. */
export interface ProgressBasis {
  readonly kind: 'progress';
  readonly from: Quantity;
  readonly to: Quantity;
}

/** Progress ÷ the progress expected by the end of the period: 1 is as expected. */
export interface ExpectedProgressBasis {
  readonly kind: 'expected_progress';
  readonly from: Quantity;
  readonly to: Quantity;
  /** The days over which the way is to be done, half-open. */
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  /** In equal steps a day, or by the same growth rate a year. */
  readonly growth: 'linear' | 'compound';
}

/** How a basis is compared with a limit. */
export type Comparison = '>=' | '<=' | '>' | '<' | '=';

/** Half-open band: the basis compared with a limit. The first band of a list that holds gives the status. */
export interface Band {
  readonly status: Status;
  readonly basis: Basis;
  readonly operator: Comparison | 'else';
  /** Absent for `else`. */
  readonly limit?: Quantity;
  /** A second comparison that must hold too: the other end of a range. */
  readonly also?: { readonly operator: Comparison; readonly limit: Quantity };
  /** A name of its own, where a status has several bands. */
  readonly label?: string;
  /** As the configuration spelled it. */
  readonly text: string;
}

/** A point of the piecewise-linear map: at basis `at` the score is `score`, in the points of the map. */
export interface Knot {
  readonly at: Quantity;
  readonly score: DecimalText;
}

/** How points are rounded, and the limits the rounded ones are kept in. */
export interface PointRounding {
  readonly mode: RoundingMode;
  /** Above 0. */
  readonly step: DecimalText;
  readonly min?: DecimalText;
  readonly max?: DecimalText;
}

/**
 * Piecewise-linear map from basis to score. Knots ascend in `at`, or all descend where `descending` says so; two with
 * the same quantity are a jump. Before the first and after the last knot it is level, unless it says otherwise.
 */
export interface ScoreMap {
  readonly basis: Basis;
  readonly knots: readonly Knot[];
  readonly descending?: true;
  /** Points that are a score of 1, in which all scores of the map are written; 1 when absent. */
  readonly points?: DecimalText;
  /** Points before the first knot. */
  readonly below?: DecimalText;
  /** Points from the last knot on. */
  readonly beyond?: DecimalText;
  /** Of all points but those of `below` and `beyond`. */
  readonly round?: PointRounding;
  /** The outer lines are carried on: until 0 and full points (`scale`), or for ever (`none`). */
  readonly limit?: 'scale' | 'none';
}

/** Of several maps with the same points the one that gives most; maps that give no score do not count. */
export interface BestOf {
  readonly bestOf: readonly ScoreMap[];
}

/** How a value becomes a score. */
export type ScoreRule = ScoreMap | BestOf;

/** What the value of a period is judged by. */
export interface PeriodFacts {
  readonly value: Decimal;
  readonly direction: Direction;
  readonly period: Pick<Period, 'start' | 'end'>;
  /** What a series of the measure is in this period; `undefined` when it has no value. */
  readonly series: (name: string) => Target | undefined;
  /** Of a series without a value that is made of others: what is not there, in words. */
  readonly lacking?: (name: string) => string | undefined;
}

/** Why something has no number in a period. */
export interface Unreadable {
  readonly ok: false;
  readonly status: 'no_target' | 'insufficient_data';
  readonly reason: string;
}

/** Outcome for one measure and period. */
export type PeriodScore =
  | {
      readonly scored: true;
      readonly status: Status;
      /** Name of the band that gave the status, where it has one. */
      readonly band?: string;
      /** 0–1, clamped and rounded as the map says; outside only for a map without limits. */
      readonly score: DecimalText;
      /** Not rounded, the outer segments carried on: may lie outside 0–1. */
      readonly unclamped: DecimalText;
      /** The score in the points of the map, where it declares them. */
      readonly points?: DecimalText;
      /** Full points, where there are points. */
      readonly possible?: DecimalText;
      /** Which of several maps gave most, from 1. */
      readonly best?: number;
      /** What the score map was asked with; the bands may have another basis. */
      readonly basis: Basis;
      readonly basisValue: DecimalText;
      /** Absent where everything is judged on the value itself and no target is in force. */
      readonly target?: Target;
    }
  | { readonly scored: false; readonly status: NoScoreState; readonly reason: string; readonly target?: Target };
