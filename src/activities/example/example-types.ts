import type { Example, ResolvedConfig } from '#src/config/types.js';
import type { UsedInput } from '#src/domain/derivation/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { PeriodScore } from '#src/domain/score/types.js';
import type { DecimalText } from '#src/domain/value/types.js';
import type { RejectRecord } from '#src/store/types.js';

/** An example and the measure it is tried on; where one definition serves many units, that of the example's unit. */
export interface ExampleTrial {
  readonly example: Example;
  readonly measure: Measure;
  readonly config: Pick<ResolvedConfig, 'site' | 'extracts'>;
}

/** What became of the rows of an example. */
export interface ExampleRows {
  readonly given: number;
  /** Entered the value. */
  readonly used: number;
  readonly filtered: number;
  readonly blank: number;
  readonly rejected: number;
  /** By rule: outside the period, superseded by a duplicate, of another unit. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** What an example's rows or values came to. */
export interface ExampleValue {
  readonly value?: DecimalText;
  /** Where there is none: why, as scoring is told it. */
  readonly noValueReason?: string;
  /** Whether the source said so, rather than nothing. */
  readonly isReported: boolean;
  /** Where the period has a value and too few observations to be judged: how few, in words. */
  readonly tooFew?: string;
  /** Of a ratio its sides, of an average sum and count. */
  readonly numerator?: DecimalText;
  readonly denominator?: DecimalText;
  readonly rows?: ExampleRows;
  readonly rejects: readonly RejectRecord[];
  /** Of a derived measure. */
  readonly inputs?: readonly UsedInput[];
}

/** One thing that is not as the example says. */
export interface ExampleDifference {
  readonly what: 'value' | 'score' | 'points' | 'status' | 'band' | 'reason';
  readonly expected: string;
  /** `none` where there is nothing. */
  readonly got: string;
}

/** What came of an example; it holds where there is no difference. */
export interface ExampleOutcome extends ExampleValue {
  readonly example: Example;
  /** Address of the measure that was tried. */
  readonly measure: string;
  readonly score: PeriodScore;
  readonly differences: readonly ExampleDifference[];
}
