import type { PeriodCalendar } from '../period/types.js';

/** An exact decimal as canonical text: no exponent, no leading `+`, no trailing zeros, `-0` is `0`. */
export type DecimalText = string;

/**
 * A cell after typing: decimals and integers as {@link DecimalText}, ordinals as their place from 1, dates as `YYYY-MM-DD`, date-times as UTC
 * instants, text as it is, booleans as booleans; `null` is a blank cell and never 0.
 */
export type TypedCell = string | boolean | null;

/** What a column's cells are read as. `ordinal`: texts of a declared order, typed as their place in it. */
export type ColumnType = 'decimal' | 'integer' | 'text' | 'date' | 'datetime' | 'boolean' | 'ordinal';

/** How one column of an extract is to be read. */
export interface ColumnSpec {
  /** As measures name it. */
  readonly name: string;
  /** As the source names it: a CSV header, a column of the query. */
  readonly sourceName: string;
  readonly type: ColumnType;
  /**
   * BCP 47 locale whose separators numbers use, or whose month names dates have. Absent: plain machine form of numbers
   * (`1234.5`), where `1,234` is a reject.
   */
  readonly locale?: string;
  /**
   * What a percent sign means, and that one may stand: with `points` 12 % is 12, with `fraction` it is 0.12. A per-mille
   * sign is a tenth of it. Under `fraction` a number without a sign is a reject: it may be either.
   */
  readonly percent?: 'points' | 'fraction';
  /** Code of the one currency whose code or symbol may stand beside a number. */
  readonly currency?: string;
  /** k, K (thousand), M, Mio (million), B, bn, Mrd (milliard) may stand behind a number. */
  readonly magnitudes?: boolean;
  /**
   * Pattern of dates (`dd.MM.yyyy`) or date-times. Absent: ISO 8601. `serial`, `serial-1904`: the day numbers of
   * spreadsheets.
   */
  readonly pattern?: string;
  /** Year that the years of two digits of a pattern with `yy` are added to: 2000. */
  readonly century?: number;
  /** Calendar in which dates name periods, each read as its first day; without a pattern by their ids. */
  readonly calendar?: PeriodCalendar;
  /** Zone of date-times that carry none. */
  readonly timeZone: string;
  /** A blank cell in a required column rejects the row. */
  readonly required: boolean;
  /** Texts that stand for a blank, see `withBlanks`. Not of text columns, which keep what they hold. */
  readonly blanks?: readonly string[];
  /** Texts that mean true / false, compared without case. Absent: true/false, yes/no, 1/0, t/f, y/n. */
  readonly words?: { readonly true: readonly string[]; readonly false: readonly string[] };
  /** Of an ordinal column: its texts from worst to best. The first one is 1. */
  readonly order?: readonly string[];
}

/** Why a cell could not be used. */
export interface CellProblem {
  /** Named rule, e.g. `number_grammar`, `impossible_date`, `blank_required`. */
  readonly rule: RejectRule;
  /** What is wrong, in words, without the raw text. */
  readonly message: string;
  /** What would be right. */
  readonly remedy: string;
}

/** Outcome of reading one cell. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: CellProblem };

/** Every rule by which a row can be rejected, here or in a connector. */
export type RejectRule =
  | 'number_grammar'
  | 'ambiguous_number'
  | 'not_an_integer'
  | 'date_grammar'
  | 'impossible_date'
  | 'zone_gap'
  | 'not_a_label'
  | 'boolean_word'
  | 'ordinal_word'
  | 'blank_required'
  | 'error_token'
  | 'duplicate_key'
  | 'column_count'
  | 'broken_quote'
  | 'invalid_encoding'
  | 'record_too_large'
  | 'nul_byte'
  | 'cut_off'
  | 'unreadable_value';
