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
export type ReportedReason = Exclude<NoValueReason, 'no_rows' | 'all_blank'>;

/** What an aggregation made of the rows of one period. */
export interface Aggregate {
  /** Absent where there is no value; `reason` then says why. */
  readonly value?: DecimalText;
  readonly reason?: NoValueReason;
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
  /** Day of the newest row of the period, used or not. */
  readonly newest?: CalendarDate;
}

/** Why a revision was written. `updated` happens only while the period is open. */
export type RevisionReason = 'first' | 'updated' | 'restated';
