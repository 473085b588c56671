import type { Period } from '../period/types.js';
import type { DecimalText } from '../value/types.js';
import type { Grain } from './grain-periods.js';

/** Which periods a window takes together, ending with the one at hand. */
export type WindowRule =
  | { readonly kind: 'month_to_date' | 'quarter_to_date' | 'half_to_date' | 'year_to_date' }
  | { readonly kind: 'rolling'; readonly periods: number };

/**
 * How the values of several periods become one.
 *
 * `ratio` divides the sum of all numerators by the sum of all denominators. `mean` is the plain mean of the values,
 * which nothing is by default. `none`: it cannot be told from the values (a median, a distinct count).
 */
export type Combination = 'sum' | 'min' | 'max' | 'first' | 'last' | 'mean' | 'ratio' | 'none';

/** What is stored of one period. A ratio without cases has both sides and no value; what was not reported is not stored. */
export interface StoredPart {
  readonly value?: DecimalText;
  /** Unscaled, as an aggregation stores them. */
  readonly numerator?: DecimalText;
  readonly denominator?: DecimalText;
  /** Where there is no value although the period was reported: why, in words. */
  readonly whyNone?: string;
  /** A derived value made without some of what belongs to it. */
  readonly partial?: boolean;
  /** A derived value of other days than those of its period. */
  readonly edges?: Edges;
}

/** Days too many at the ends of a period or window; negative where there are too few. Not both 0. */
export interface Edges {
  readonly before: number;
  readonly after: number;
}

/** The values of a measure, or of one of its named series, at their own grain. */
export interface StoredSeries {
  readonly grain: Grain;
  readonly combination: Combination;
  /** Multiplies a ratio: 100 for percentages. Absent: 1. */
  readonly scale?: DecimalText;
  /** By id of period. What was not reported is not there. */
  readonly values: ReadonlyMap<string, StoredPart>;
  /** Whether a value is to come in a period, asked where there is none; absent: in every one. */
  readonly isExpected?: (period: Period) => boolean;
  /** Whether a period without a value is past its due date, so that it is missing; absent: each is. */
  readonly isDue?: (period: Period) => boolean;
}

/** A value a period got by a missing policy, and not from the source. */
export interface Filled {
  readonly period: string;
  readonly by: 'zero' | 'carry_forward';
  /** Of a carried value: the period it was reported for. */
  readonly from?: string;
}

/** How much of what a value is made of was there. */
export interface PartsTaken {
  /** Periods that belong to it; without those of `notExpected`. */
  readonly expected: number;
  /** Of those the ones without a value, in order; they count neither as 0 nor otherwise. */
  readonly without: readonly string[];
  readonly filled: readonly Filled[];
  /** How many periods have no value and are not to have one, such as closed days; absent: none. */
  readonly notExpected?: number;
  /** Periods whose own value is a part of what it should be; absent: none. */
  readonly inPart?: readonly string[];
  /** Where they have other days than what is asked, as weeks of a month have; absent: just its days. */
  readonly edges?: Edges;
}
