/**
 * One column of raw cells, as places in bytes where it is so.
 *
 * Cell `row` begins at `bounds[first + row * stride]` and ends before the number that follows it there.
 */
export interface RawColumn {
  /** Well-formed UTF-8 within each cell. */
  readonly bytes: Uint8Array;
  readonly bounds: Int32Array;
  readonly first: number;
  readonly stride: number;
  /** The cell itself, whatever form it has. */
  textAt(row: number): string | null;
}

/** In place of a first byte: the cell is `null`. */
export const NULL_CELL = -1;
/** In place of a first byte: the bytes do not have this cell, its text does. */
export const UNSLICED = -2;

const NO_BYTES = new Uint8Array(0);
const ALL_UNSLICED = Int32Array.of(UNSLICED, UNSLICED);

/** A column that exists as text only. */
export function textColumn(textAt: (row: number) => string | null): RawColumn {
  return { bytes: NO_BYTES, bounds: ALL_UNSLICED, first: 0, stride: 0, textAt };
}
