import { isSliced, slicedCell } from '#connectors/sdk/sliced-rows.js';
import type { Batch } from '#connectors/sdk/types.js';
import { NULL_CELL, type RawColumn, textColumn, UNSLICED } from '#src/domain/value/columns/raw-column.js';
import type { ColumnSpec } from '#src/domain/value/types.js';

/** Rows typed and aggregated at a time: their vectors stay in the nearest caches. */
export const BLOCK_ROWS = 2048;

/** Longest text that is laid out in bytes; no usual form of a number or a time is longer. */
const LONGEST_SLICE = 40;

/** Some rows of a batch, as raw columns. */
export interface RawBlock {
  readonly length: number;
  /** In the order of the extract's columns. */
  readonly columns: readonly RawColumn[];
  locate(row: number): string;
}

/** Cuts batches into blocks, in the order of their rows. A block is valid until the next is asked for. */
export function createRawBlocks(columns: readonly ColumnSpec[]): (batch: Batch) => Generator<RawBlock> {
  const slicers = columns.map(({ type }) => (type === 'text' ? textColumn : createSlicer()));
  return function* blocks(batch) {
    const { rows } = batch;
    for (let from = 0; from < rows.length; from += BLOCK_ROWS) {
      const length = Math.min(BLOCK_ROWS, rows.length - from);
      const rawColumn = (position: number): RawColumn => {
        if (isSliced(rows)) return slicedColumn(rows, from, position);
        const textAt = (row: number): string | null => rows[from + row]?.[position] ?? null;
        return (slicers[position] ?? textColumn)(textAt, length);
      };
      yield {
        length,
        columns: columns.map((_, position) => rawColumn(position)),
        locate: (row) => batch.locate(from + row),
      };
    }
  };
}

function slicedColumn(rows: Parameters<typeof slicedCell>[0], from: number, position: number): RawColumn {
  const { bytes, bounds, width } = rows;
  if (position >= width) return textColumn(() => null);
  return {
    bytes,
    bounds,
    first: (from * width + position) * 2,
    stride: width * 2,
    textAt: (row) => slicedCell(rows, from + row, position),
  };
}

/** Lays the cells of one column out in bytes, so that text and sliced rows are typed by the same code. */
function createSlicer() {
  let bytes = new Uint8Array(0);
  let bounds = new Int32Array(0);
  return (textAt: (row: number) => string | null, length: number): RawColumn => {
    if (bounds.length < length * 2) {
      bytes = new Uint8Array(length * LONGEST_SLICE);
      bounds = new Int32Array(length * 2);
    }
    let next = 0;
    for (let row = 0; row < length; row++) {
      const text = textAt(row);
      const end = text === null ? NULL_CELL : lay(text, bytes, next);
      bounds[row * 2] = end < 0 ? end : next;
      bounds[row * 2 + 1] = end;
      if (end > 0) next = end;
    }
    return { bytes, bounds, first: 0, stride: 2, textAt };
  };
}

/** Where the text ends in `bytes`; `UNSLICED` for one that goes beyond ASCII or is long. */
function lay(text: string, bytes: Uint8Array, start: number): number {
  if (text.length > LONGEST_SLICE) return UNSLICED;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) return UNSLICED;
    bytes[start + at] = unit;
  }
  return start + text.length;
}
