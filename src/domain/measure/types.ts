import type { Frequency } from '../period/types.js';
import type { Band, ScoreRule } from '../score/types.js';
import type { TargetVersion } from '../target/types.js';
import type { DecimalText, TypedCell } from '../value/types.js';

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

/** When a period's value is expected. */
export interface DueRule {
  /** Working days after the end of the period. 0 is due at the end itself. */
  readonly businessDays: number;
  /** Calendar days of grace after the due time before `late` becomes `missing`. */
  readonly graceDays: number;
}

/** A KPI, resolved: every default filled in, every reference checked. */
export interface Measure {
  /** Address, unique in the site: `<scorecard>/<measure id>`. */
  readonly address: string;
  readonly id: string;
  readonly name: string;
  readonly scorecard: string;
  readonly objective: string;
  readonly owner: string;
  readonly description?: string;
  /** Free word shown behind values; `percent` turns ratios into hundredths. */
  readonly unit: string;
  readonly direction: Direction;
  readonly frequency: Frequency;
  readonly timeZone: string;
  readonly extract: string;
  readonly aggregation: Aggregation;
  /** The words of an ordinal column from worst to best, whose places from 1 are the values. */
  readonly labels?: readonly string[];
  /** Multiplies the aggregate: `100` for a ratio in percent, else `1` or what the file says. */
  readonly scale: DecimalText;
  /** A period without any row is 0 (counts of rare events) and not missing. */
  readonly emptyMeansZero: boolean;
  /** In ascending order of `from`. */
  readonly targets: readonly TargetVersion[];
  /** From best to worst; empty for `unscored`. */
  readonly bands: readonly Band[];
  /** Absent for `unscored`. */
  readonly scoreMap?: ScoreRule;
  readonly weight: DecimalText;
  readonly due: DueRule;
  /** How many closed periods back a source may still change; those are read again at each run. */
  readonly restatementPeriods: number;
  /** Off-track periods in a row that raise an alert; 0 raises none. */
  readonly offTrackAfter: number;
  /** Decimal places shown to people; stored values are never rounded for show. */
  readonly decimals: number;
  /** Digest of all that decides the value; a change collects the history anew. */
  readonly valueDigest: string;
  /** Digest of all that decides score and status: the rule version stored with each score. */
  readonly scoreDigest: string;
}
