import type { UsedInput } from '../derivation/types.js';
import type { NoValueCode } from '../formula/types.js';
import type { CalendarDate } from '../period/types.js';
import type { DecimalText, TypedCell } from '../value/types.js';

/** A typed row placed in time, before it is put into a period. */
export interface Observation {
  /** Cells by position of the extract's columns. */
  readonly cells: readonly TypedCell[];
  /** The day it belongs to, in the measures' zone. */
  readonly date: CalendarDate;
  /** Sort key among observations of one day: the exact time where the source has one, else the date. */
  readonly time: string;
  /** Place in the source, for people. */
  readonly locator: string;
}

/** Why rows make no value. */
export type NoValueReason =
  | 'no_rows'
  | 'all_blank'
  | 'zero_denominator'
  | 'zero_weight'
  /** Too few values for a percentile so near the edge, by the method that excludes both ends. */
  | 'percentile_out_of_range'
  /** A running total whose preceding period has none. */
  | 'cumulative_gap'
  /** A running total below that of the preceding period, where none starts anew. */
  | 'cumulative_drop'
  /** A running total that starts anew inside the period. */
  | 'cumulative_reset_inside';

/** Of those the ones that are the source's last word: its rows are there, and more waiting will not mend them. */
export type ReportedReason = Exclude<NoValueReason, 'no_rows' | 'all_blank'> | Exclude<NoValueCode, 'absent_input'>;

/** What a derived value was made of, for explaining it. Plain data. */
export interface DerivedEvidence {
  /** The formula as it was written; absent for a window or for children. */
  readonly text?: string;
  /** Some period or child that belongs to it has no value. */
  readonly partial: boolean;
  /** The first of them. */
  readonly inputs: readonly UsedInput[];
  /** How many more there were. */
  readonly more?: number;
  /** Why there is no value, in words. */
  readonly why?: string;
}

/** What an aggregation made of the rows of one period. */
export interface Aggregate {
  /** Absent where there is no value; `reason` then says why. */
  readonly value?: DecimalText;
  readonly reason?: NoValueReason | NoValueCode;
  /** Rows that entered the value. */
  readonly rowsUsed: number;
  /** Rows of the period that the filter left out. */
  readonly rowsFiltered: number;
  /** Rows whose value cell was blank. */
  readonly rowsBlank: number;
  /** Of a ratio its sides, of an average sum and number of cells, of a weighted one sum of products and of weights. */
  readonly numerator?: DecimalText;
  readonly denominator?: DecimalText;
  /** The running total the source ended the period with, and the one it had ended the preceding period with. */
  readonly cumulative?: DecimalText;
  readonly previousCumulative?: DecimalText;
  /** Different days with a row that entered the value, of those on which one is expected; only where that is asked. */
  readonly days?: number;
  /** Of a value computed from others: what it was made of. It has no rows. */
  readonly derived?: DerivedEvidence;
  /** Day of the newest row of the period, used or not. */
  readonly newest?: CalendarDate;
}

/** Why a revision was written. `updated` happens only while the period is open. */
export type RevisionReason = 'first' | 'updated' | 'restated';
