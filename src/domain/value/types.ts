/** An exact decimal as canonical text: no exponent, no leading `+`, no trailing zeros, `-0` is `0`. */
export type DecimalText = string;

/**
 * A cell after typing: decimals and integers as {@link DecimalText}, dates as `YYYY-MM-DD`, date-times as UTC
 * instants, text as it is, booleans as booleans; `null` is a blank cell and never 0.
 */
export type TypedCell = string | boolean | null;

/** What a column's cells are read as. */
export type ColumnType = 'decimal' | 'integer' | 'text' | 'date' | 'datetime' | 'boolean';

/** How one column of an extract is to be read. */
export interface ColumnSpec {
  /** As measures name it. */
  readonly name: string;
  /** As the source names it: a CSV header, a column of the query. */
  readonly sourceName: string;
  readonly type: ColumnType;
  /** BCP 47 locale whose separators numbers use. Absent: plain machine form (`1234.5`), where `1,234` is a reject. */
  readonly locale?: string;
  /** Pattern of dates (`dd.MM.yyyy`) or date-times. Absent: ISO 8601. */
  readonly pattern?: string;
  /** Zone of date-times that carry none. */
  readonly timeZone: string;
  /** A blank cell in a required column rejects the row. */
  readonly required: boolean;
  /** Texts that mean true / false, compared without case. Absent: true/false, yes/no, 1/0, t/f, y/n. */
  readonly words?: { readonly true: readonly string[]; readonly false: readonly string[] };
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
  | 'boolean_word'
  | 'blank_required'
  | 'error_token'
  | 'duplicate_key'
  | 'column_count'
  | 'broken_quote'
  | 'invalid_encoding'
  | 'record_too_large'
  | 'unreadable_value';
