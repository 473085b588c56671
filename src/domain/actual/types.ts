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

/** What an aggregation made of the rows of one period. */
export interface Aggregate {
  /** Absent where there is no value; `reason` then says why. */
  readonly value?: DecimalText;
  readonly reason?: 'no_rows' | 'all_blank' | 'zero_denominator';
  /** Rows that entered the value. */
  readonly rowsUsed: number;
  /** Rows of the period that the filter left out. */
  readonly rowsFiltered: number;
  /** Rows whose value cell was blank. */
  readonly rowsBlank: number;
  readonly numerator?: DecimalText;
  readonly denominator?: DecimalText;
  /** Day of the newest row of the period, used or not. */
  readonly newest?: CalendarDate;
}

/** Why a revision was written. `updated` happens only while the period is open. */
export type RevisionReason = 'first' | 'updated' | 'restated';
