import type { Target, TargetVersion } from '../target/types.js';
import type { DecimalText } from '../value/types.js';

/** A value by the id of a period: `{ '2026-01': '10' }`. */
export type ByPeriod<T> = Readonly<Record<string, T>>;

/** The unit of time that a rate is stated for. */
export type PerUnit = 'day' | 'working_day' | 'week' | 'month' | 'year';

/** How a total is spread over the finer periods inside its own. */
export type SplitShape =
  | { readonly kind: 'even' }
  /** One weight for each finer period, in their order; none is negative. */
  | { readonly kind: 'weights'; readonly weights: readonly DecimalText[] }
  /** In the proportions of the measure's own values a year before. */
  | { readonly kind: 'last_year' };

/** What is spread over the periods inside a coarser one. */
export interface SplitTotal {
  readonly total: DecimalText;
  readonly shape: SplitShape;
}

/** Where the values of a series come from. `places` rounds what is computed, half up; absent: no rounding. */
export type SeriesSource =
  /** Each version holds from its day on, until the next one or until it expires. */
  | { readonly kind: 'versions'; readonly versions: readonly TargetVersion[] }
  /** Written out by period; one of a coarser period holds for all inside it that have none of their own. */
  | { readonly kind: 'periods'; readonly values: ByPeriod<Target> }
  /** Read from an extract and stored as actuals at {@link collectedAddress}. */
  | {
      readonly kind: 'collected';
      /** The last value holds until there is another one. */
      readonly carry?: true;
    }
  /** The number that a unit has under this name. */
  | { readonly kind: 'attribute'; readonly name: string }
  /** The measure's own value: of the same period a year before, or of one named period. */
  | { readonly kind: 'own'; readonly of: 'last_year' | 'last_year_restated' | { readonly period: string } }
  /** Straight lines between periods, at least two, ascending; nothing before the first and after the last. */
  | {
      readonly kind: 'linear';
      readonly knots: readonly { readonly period: string; readonly value: DecimalText }[];
      readonly places?: number;
    }
  /** Totals of coarser periods, each spread over the periods inside it so that the parts add up to it exactly. */
  | {
      readonly kind: 'split';
      readonly totals: ByPeriod<SplitTotal>;
      /** Periods whose part is given; the rest of their total is spread over the others. */
      readonly fixed: ByPeriod<DecimalText>;
      readonly places: number;
    }
  /** So many per cent better than another series, in the measure's direction; a negative number is worse. */
  | {
      readonly kind: 'relative';
      readonly than: string;
      readonly betterByPercent: DecimalText;
      readonly places?: number;
    }
  /** A value for each unit of time, times the units in the period. */
  | { readonly kind: 'per'; readonly unit: PerUnit; readonly value: DecimalText; readonly places?: number };

/**
 * Values a measure is held to or compared with, each for a period: its target, baseline, benchmark, threshold,
 * forecast, or whatever else a configuration names. Plain data.
 */
export interface Series {
  /** Unique within its measure; `target` is the one the measure is scored against. */
  readonly name: string;
  readonly source: SeriesSource;
}

/** Where the values of a `collected` series are stored: `company/revenue#target`. */
export function collectedAddress(measureAddress: string, name: string): string {
  return `${measureAddress}#${name}`;
}
