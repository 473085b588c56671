import type { AlertSettings } from '../alert/settings.js';
import type { Frequency, Grain } from '../period/types.js';
import type { Band, ScoreRule } from '../score/types.js';
import type { Series } from '../series/types.js';
import type { TargetVersion } from '../target/types.js';
import type { Unit } from '../unit/types.js';
import type { DecimalText, TypedCell } from '../value/types.js';
import type { Combination } from '../window/types.js';
import type { Derivation } from './derivation.js';

/** Which way is better; `unscored` measures are shown and never judged. */
export type Direction = 'higher-is-better' | 'lower-is-better' | 'in-band' | 'exact' | 'unscored';

/** A value that a filter compares with; `literal` is set for texts: whether it was written as a bare number or in quotes. */
export interface FilterLiteral {
  readonly value: TypedCell;
  readonly literal?: 'number' | 'text';
}

/** One comparison of a column with a literal. A blank cell satisfies only `= null`. */
export interface Condition extends FilterLiteral {
  readonly column: string;
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
}

/** Whether a cell is one of some values, or none of them. A blank cell satisfies neither; no value is `null`. */
export interface SetCondition {
  readonly column: string;
  readonly operator: 'in' | 'not in';
  readonly values: readonly FilterLiteral[];
}

/** Holds where one of the filters does. */
export interface AnyOf {
  readonly anyOf: readonly RowFilter[];
}

/** Holds where the filter does not: also for a blank cell that a comparison inside is not satisfied by. */
export interface Not {
  readonly not: RowFilter;
}

export type FilterNode = Condition | SetCondition | AnyOf | Not;

/** All nodes must hold; none means every row. Every node holds for a row or does not: there is no third outcome. */
export type RowFilter = readonly FilterNode[];

/** One side of a ratio. */
export type Term =
  | { readonly kind: 'sum'; readonly column: string; readonly where: RowFilter }
  | { readonly kind: 'count'; readonly where: RowFilter };

/**
 * Where between the sorted values a percentile lies. `nearest_rank`: the least value that p % of them do not exceed
 * (SQL's PERCENTILE_DISC); `linear`: on the straight line from the first (0) to the last (100), as PERCENTILE_CONT;
 * `exclusive`: as PERCENTILE.EXC of spreadsheets, which has no value beyond 1/(n+1) and n/(n+1).
 */
export type PercentileMethod = 'nearest_rank' | 'linear' | 'exclusive';

/** When a running total of the source starts anew. */
export type CumulativeReset = Frequency | 'never';

/** How the rows of a period become one value. */
export type Aggregation =
  | {
      readonly kind: 'sum' | 'avg' | 'first' | 'last' | 'min' | 'max' | 'median' | 'count_distinct';
      readonly column: string;
      readonly where: RowFilter;
    }
  | { readonly kind: 'count'; readonly where: RowFilter }
  | { readonly kind: 'ratio'; readonly numerator: Term; readonly denominator: Term; readonly where: RowFilter }
  | { readonly kind: 'weighted_avg'; readonly column: string; readonly weight: string; readonly where: RowFilter }
  | {
      readonly kind: 'percentile';
      readonly column: string;
      /** From 0 to 100. */
      readonly p: DecimalText;
      readonly method: PercentileMethod;
      readonly where: RowFilter;
    }
  | {
      /** The column holds running totals; a value is the last one less that of the preceding period. */
      readonly kind: 'cumulative';
      readonly column: string;
      readonly resets: CumulativeReset;
      readonly where: RowFilter;
    };

/** How many observations a period should have, and which share of them makes its value fit to be judged. */
export interface Expectation {
  /** Each day of the period, each working day, or a number for a whole period. */
  readonly observations: 'days' | 'working_days' | number;
  /** What is one observation: a day with a row that was used, or each such row. */
  readonly of: 'days' | 'rows';
  /** From 0 to 1. */
  readonly minimum: DecimalText;
}

/** How the values of a `collected` series are read; stored by period at the grain given here. */
export interface SeriesCollection {
  /** Of the series it fills. */
  readonly name: string;
  readonly frequency: Frequency;
  readonly extract: string;
  readonly aggregation: Aggregation;
  readonly scale: DecimalText;
  /** Column whose cell names the unit that a row is of; only where one definition serves many. */
  readonly unitColumn?: string;
}

/** When a period's value is expected. */
export interface DueRule {
  /** Working days after the end of the period. 0 is due at the end itself, or as `hours` or `dayOfMonth` say. */
  readonly businessDays: number;
  /** Hours after the end of the period, in the place of working days. */
  readonly hours?: number;
  /** 1–31: due at the end of the first such day after the period, in the place of working days; of shorter months the last. */
  readonly dayOfMonth?: number;
  /** Due as soon as the source says that it stands at the period, and by the rest of the rule at the latest. */
  readonly asOf?: true;
  /** Calendar days of grace after the due time before `late` becomes `missing`. */
  readonly graceDays: number;
  /** Id of the working calendar that the days are counted in; absent: the site's own. */
  readonly calendar?: string;
  /** Calendar days after the last day of the period, at whose end its value is closed for good; absent: never. */
  readonly lockDays?: number;
  /** Days before and after the last day of the period on which a value is asked for; absent: none. */
  readonly remind?: { readonly beforeDays?: number; readonly afterDays?: number };
  /** How often, and how many times, a notice that a value is overdue is followed up; absent: never. */
  readonly escalate?: { readonly everyDays: number; readonly times: number };
}

/** Off-track periods that raise an alert: so many in a row, 0 for none; or so many of the newest ones with a score. */
export type OffTrackAfter = number | { readonly periods: number; readonly of: number };

/** What every KPI has, resolved: every default filled in, every reference checked. */
interface MeasureBase extends Grain {
  /** Address, unique in the site: `<scorecard>/<measure id>`, or `<scorecard>/<unit>/<measure id>` of a template. */
  readonly address: string;
  readonly id: string;
  readonly name: string;
  readonly scorecard: string;
  readonly objective: string;
  readonly owner: string;
  readonly description?: string;
  /** Followed to run the business and not to steer it. */
  readonly operational?: true;
  /** Free word shown behind values; `percent` turns ratios into hundredths. */
  readonly unit: string;
  readonly direction: Direction;
  readonly timeZone: string;
  /** The words of an ordinal column from worst to best, whose places from 1 are the values. */
  readonly labels?: readonly string[];
  /** The target where it is written as versions, ascending in `from`; otherwise empty, and `series` may hold it. */
  readonly targets: readonly TargetVersion[];
  /** All other series, see `targetSeries`; absent where there is none. */
  readonly series?: readonly Series[];
  /** One for each of `series` that is collected; absent where there is none. */
  readonly collects?: readonly SeriesCollection[];
  /** From best to worst; empty for `unscored`. */
  readonly bands: readonly Band[];
  /** Absent for `unscored`. */
  readonly scoreMap?: ScoreRule;
  readonly weight: DecimalText;
  readonly due: DueRule;
  readonly offTrackAfter: OffTrackAfter;
  /** Absent: as the site's. */
  readonly alertSettings?: AlertSettings;
  /** Decimal places shown to people; stored values are never rounded for show. */
  readonly decimals: number;
  /** Digest of all that decides the value; a change collects the history anew. */
  readonly valueDigest: string;
  /** Digest of all that decides score and status: the rule version stored with each score. */
  readonly scoreDigest: string;
  /** The unit it is for, where one definition serves many; absent for any other. */
  readonly forUnit?: Unit;
  /** Address of the definition that serves many units; only with `forUnit`. */
  readonly template?: string;
}

/** A measure whose values are made of the rows of an extract. */
export interface CollectedMeasure extends MeasureBase {
  readonly extract: string;
  readonly aggregation: Aggregation;
  /** Absent: whatever there is of a period is believed. */
  readonly expects?: Expectation;
  /** Multiplies the aggregate: `100` for a ratio in percent, else `1` or what the file says. */
  readonly scale: DecimalText;
  /** A period without any row is 0 (counts of rare events) and not missing. */
  readonly emptyMeansZero: boolean;
  /** How many closed periods back a source may still change; those are read again at each run. */
  readonly restatementPeriods: number;
  /** All there is of it is read at each run: a series whose last value holds, however old, until there is another. */
  readonly wholeHistory?: true;
  /** Column whose cell names the unit that a row is of; only where one definition serves many. */
  readonly unitColumn?: string;
  /** How the values of units become that of the unit above them; absent: as the aggregation says. */
  readonly unitCombine?: Combination;
}

/** A measure whose values are computed from those of other measures and series. */
export interface DerivedMeasure extends MeasureBase {
  readonly derivation: Derivation;
}

/** A KPI, resolved. */
export type Measure = CollectedMeasure | DerivedMeasure;

/** Whether a measure's values come from rows, and not from other measures. */
export function isCollected(measure: Measure): measure is CollectedMeasure {
  return !('derivation' in measure);
}

/** Whether a measure's values are computed from those of others. */
export function isDerived(measure: Measure): measure is DerivedMeasure {
  return 'derivation' in measure;
}
