import type { RawCell } from './types.js';

/**
 * Rows whose cells are still places in one piece of text: what a fast reader gives, so that a cell becomes a string
 * only where somebody needs one.
 *
 * Valid until the next batch is asked for: a reader may use the same memory again.
 */
export interface SlicedRows {
  readonly length: number;
  /** Cells of each row, in the order of the asked-for columns. */
  readonly width: number;
  /** Well-formed UTF-8 within each cell. */
  readonly bytes: Uint8Array;
  /** First byte, and the byte after the last, of cell `column` of row `row`, at `(row * width + column) * 2`; a first byte of -1 is `null`. */
  readonly bounds: Int32Array;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function isSliced(rows: readonly (readonly RawCell[])[] | SlicedRows): rows is SlicedRows {
  return 'bounds' in rows;
}

/** One cell as text. */
export function slicedCell(rows: SlicedRows, row: number, column: number): RawCell {
  const at = (row * rows.width + column) * 2;
  const start = rows.bounds[at] ?? -1;
  if (start < 0) return null;
  return decoder.decode(rows.bytes.subarray(start, rows.bounds[at + 1] ?? start));
}

/** All rows as cells of text, whichever form they have. */
export function rowsAsText(rows: readonly (readonly RawCell[])[] | SlicedRows): readonly (readonly RawCell[])[] {
  if (!isSliced(rows)) return rows;
  return Array.from({ length: rows.length }, (_, row) =>
    Array.from({ length: rows.width }, (_unused, column) => slicedCell(rows, row, column)),
  );
}
