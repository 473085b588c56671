import type { CellProblem } from '#src/domain/value/types.js';
import type { RawCell, RawReject } from '../types.js';

/** One record as the source has it. */
export interface LayoutRecord {
  /** By index of the header's columns; a short record counts as blank at its end. */
  readonly cells: readonly RawCell[];
  /**
   * Which row of the file or range this is, counted from 1, the header's included. 0 for a header that is no row there:
   * names that were made up, or joined of several rows. Its cells are nobody's.
   */
  readonly row: number;
  /** Why the cell of a column cannot be used, where its connector knows. A row it would be part of is a reject. */
  problem?(column: number): CellProblem | undefined;
  /** Place of the cell of column `column`, or of the record. */
  locate(column?: number): string;
}

/** A row of the extract. */
export interface LaidOutRow {
  /** In the order of the asked-for columns. */
  readonly cells: readonly RawCell[];
  /** Place of the cell the row is about. To be asked before the next record is read. */
  locate(): string;
}

/** What some records came to. Seen = rows + rejects + skipped: rows are counted as made, not as they lay. */
export interface LaidOut {
  readonly rows: readonly LaidOutRow[];
  readonly rejects: readonly RawReject[];
  /** Left out by a named rule: `blank_cell`, `other_key`, `blank_key`, `outside_cells`, `incomplete_row`. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** Makes rows of records, one after the other. */
export interface LayoutReader {
  /**
   * Meets the header, once, before any record. Answers which columns matter, by index: cells of others may be `null`.
   *
   * @throws PlumblineError `layout` SOURCE_COLUMN_MISSING
   */
  begin(header: LayoutRecord): readonly number[];
  take(record: LayoutRecord): LaidOut;
  /**
   * After the last record.
   *
   * @param complete false when records were rejected before they came here: what is missing may be among them
   * @throws PlumblineError `layout` SOURCE_COLUMN_MISSING for a key that is not there, or there twice
   */
  end(complete: boolean): LaidOut;
  /** For the summary of the read: columns that were left out, places beyond the end. */
  notes(): readonly string[];
}

/** Nothing seen. */
export const NOTHING: LaidOut = { rows: [], rejects: [], skipped: {} };
