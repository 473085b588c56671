import type { Reading, TypedCell } from '../types.js';
import { type RawColumn, UNSLICED } from './raw-column.js';

/** A column's grammar; see `createCellReader`. */
export type CellReader = (raw: string | null) => Reading<TypedCell>;

/**
 * The fast way for the usual forms of a column's cells: reads them from their bytes into a vector. The rows it is not
 * sure of it writes to the beginning of `unusual`, and says how many they are: those go to the column's grammar. What it
 * takes, the grammar would have read the same.
 */
export type SliceReader = (raw: RawColumn, rows: Int32Array, count: number, unusual: Int32Array) => number;

/** Asks of each cell that has a byte whether `readOne` takes it. Where every nanosecond counts, a reader has its own loop. */
export function eachSlice(
  readOne: (bytes: Uint8Array, start: number, end: number, row: number) => boolean,
): SliceReader {
  return ({ bytes, bounds, first, stride }, rows, count, unusual) => {
    let left = 0;
    for (let index = 0; index < count; index++) {
      const row = rows[index] ?? 0;
      const at = first + row * stride;
      const start = bounds[at] ?? UNSLICED;
      const end = bounds[at + 1] ?? start;
      if (start < 0 || start >= end || !readOne(bytes, start, end, row)) unusual[left++] = row;
    }
    return left;
  };
}
