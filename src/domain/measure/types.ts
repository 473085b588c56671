import type { Frequency } from '../period/types.js';
import type { Band, ScoreMap } from '../score/types.js';
import type { Series } from '../series/types.js';
import type { TargetVersion } from '../target/types.js';
import type { Unit } from '../unit/types.js';
import type { DecimalText, TypedCell } from '../value/types.js';
import type { Derivation } from './derivation.js';

/** Which way is better; `unscored` measures are shown and never judged. */
export type Direction = 'higher-is-better' | 'lower-is-better' | 'in-band' | 'exact' | 'unscored';

/** One comparison of a column with a literal. A blank cell satisfies only `= null`. */
export interface Condition {
  readonly column: string;
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
  readonly value: TypedCell;
  /** Set for text values: whether it was written as a bare number or between quotes. */
  readonly literal?: 'number' | 'text';
}

/** All conditions must hold; none means every row. */
export type RowFilter = readonly Condition[];

/** One side of a ratio. */
export type Term =
  | { readonly kind: 'sum'; readonly column: string; readonly where: RowFilter }
  | { readonly kind: 'count'; readonly where: RowFilter };

/** How the rows of a period become one value. */
export type Aggregation =
  | { readonly kind: 'sum' | 'avg' | 'last'; readonly column: string; readonly where: RowFilter }
  | { readonly kind: 'count'; readonly where: RowFilter }
  | { readonly kind: 'ratio'; readonly numerator: Term; readonly denominator: Term; readonly where: RowFilter };

/** How the values of a `collected` series are read; stored by period at the grain given here. */
export interface SeriesCollection {
  /** Of the series it fills. */
  readonly name: string;
  readonly frequency: Frequency;
  readonly extract: string;
  readonly aggregation: Aggregation;
  readonly scale: DecimalText;
}

/** When a period's value is expected. */
export interface DueRule {
  /** Working days after the end of the period. 0 is due at the end itself. */
  readonly businessDays: number;
  /** Calendar days of grace after the due time before `late` becomes `missing`. */
  readonly graceDays: number;
}

/** What every KPI has, resolved: every default filled in, every reference checked. */
interface MeasureBase {
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
  readonly frequency: Frequency;
  readonly timeZone: string;
  /** The target where it is written as versions, ascending in `from`; otherwise empty, and `series` may hold it. */
  readonly targets: readonly TargetVersion[];
  /** All other series, see `targetSeries`; absent where there is none. */
  readonly series?: readonly Series[];
  /** One for each of `series` that is collected; absent where there is none. */
  readonly collects?: readonly SeriesCollection[];
  /** From best to worst; empty for `unscored`. */
  readonly bands: readonly Band[];
  /** Absent for `unscored`. */
  readonly scoreMap?: ScoreMap;
  readonly weight: DecimalText;
  readonly due: DueRule;
  /** Off-track periods in a row that raise an alert; 0 raises none. */
  readonly offTrackAfter: number;
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
  /** Multiplies the aggregate: `100` for a ratio in percent, else `1` or what the file says. */
  readonly scale: DecimalText;
  /** A period without any row is 0 (counts of rare events) and not missing. */
  readonly emptyMeansZero: boolean;
  /** How many closed periods back a source may still change; those are read again at each run. */
  readonly restatementPeriods: number;
  /** Column whose cell names the unit that a row is of; only where one definition serves many. */
  readonly unitColumn?: string;
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
