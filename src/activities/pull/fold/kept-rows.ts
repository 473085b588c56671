import type { RowBlock, RowSelection } from '#src/domain/measure/folds/row-block.js';
import { type ColumnVector, columnVector, copyCell } from '#src/domain/value/columns/column-vector.js';
import type { ColumnSpec } from '#src/domain/value/types.js';

const ROWS_OF_CHUNK = 1024;

/** Typed rows that are kept because a later one may take their place, side by side as in a block. */
export interface KeptRows {
  readonly count: number;
  /** Keeps a copy of a row, and gives its number. */
  add(block: RowBlock, row: number): number;
  replace(kept: number, block: RowBlock, row: number): void;
  drop(kept: number): void;
  chunks(): Iterable<{ readonly block: RowBlock; readonly selection: RowSelection }>;
}

interface Chunk {
  readonly vectors: readonly (ColumnVector | undefined)[];
  readonly days: Int32Array;
  readonly timeDays: Int32Array;
  readonly timeNanos: Float64Array;
  readonly locators: string[];
  readonly live: Uint8Array;
}

/** @param needed says of each column whether it is kept, @param withPlaces whether rows are asked where they are from */
export function createKeptRows(
  columns: readonly ColumnSpec[],
  needed: (name: string) => boolean,
  withPlaces: boolean,
): KeptRows {
  const chunks: Chunk[] = [];
  const free: number[] = [];
  let length = 0;

  const put = (kept: number, block: RowBlock, row: number): void => {
    const at = kept % ROWS_OF_CHUNK;
    const index = (kept - at) / ROWS_OF_CHUNK;
    const chunk = chunks[index] ?? newChunk(columns, needed);
    chunks[index] = chunk;
    chunk.vectors.forEach((to, position) => {
      const from = block.vectors[position];
      if (to !== undefined && from !== undefined) copyCell(from, row, to, at);
    });
    chunk.days[at] = block.days[row] ?? 0;
    chunk.timeDays[at] = block.timeDays[row] ?? 0;
    chunk.timeNanos[at] = block.timeNanos?.[row] ?? 0;
    chunk.live[at] = 1;
    if (withPlaces) chunk.locators[at] = block.locate(row);
  };
  return {
    get count() {
      return length - free.length;
    },
    add(block, row) {
      const kept = free.pop() ?? length++;
      put(kept, block, row);
      return kept;
    },
    replace: put,
    drop(kept) {
      const at = kept % ROWS_OF_CHUNK;
      const chunk = chunks[(kept - at) / ROWS_OF_CHUNK];
      if (chunk !== undefined) chunk.live[at] = 0;
      free.push(kept);
    },
    *chunks() {
      const rows = new Int32Array(ROWS_OF_CHUNK);
      for (const { live, locators, ...block } of chunks) {
        let count = 0;
        for (let row = 0; row < ROWS_OF_CHUNK; row++) if (live[row] === 1) rows[count++] = row;
        yield { block: { ...block, locate: (row) => locators[row] ?? '' }, selection: { rows, count } };
      }
    },
  };
}

function newChunk(columns: readonly ColumnSpec[], needed: (name: string) => boolean): Chunk {
  return {
    vectors: columns.map(({ name, type }) => (needed(name) ? columnVector(type, ROWS_OF_CHUNK) : undefined)),
    days: new Int32Array(ROWS_OF_CHUNK),
    timeDays: new Int32Array(ROWS_OF_CHUNK),
    timeNanos: new Float64Array(ROWS_OF_CHUNK),
    locators: [],
    live: new Uint8Array(ROWS_OF_CHUNK),
  };
}
