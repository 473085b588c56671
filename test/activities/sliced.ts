import type { SlicedRows } from '#connectors/sdk/sliced-rows.js';
import type { Batch, RawCell } from '#connectors/sdk/types.js';

/** The same rows as places in bytes, each cell between other bytes. */
export function slicedRows(rows: readonly (readonly RawCell[])[], width: number): SlicedRows {
  const encoder = new TextEncoder();
  const pieces: number[] = [0x39];
  const bounds: number[] = [];
  for (const row of rows) {
    for (let column = 0; column < width; column++) {
      const cell = row[column] ?? null;
      if (cell === null) {
        bounds.push(-1, -1);
        continue;
      }
      const bytes = encoder.encode(cell);
      bounds.push(pieces.length, pieces.length + bytes.length);
      // A digit follows at once, which nobody may read.
      pieces.push(...bytes, 0x37);
    }
  }
  return { length: rows.length, width, bytes: Uint8Array.from(pieces), bounds: Int32Array.from(bounds) };
}

/** Rows from line 2 of a file, as text. */
export function textBatch(rows: readonly (readonly RawCell[])[], firstLine = 2, part?: string): Batch {
  return {
    rows,
    locate: (index) => `sales.csv:${firstLine + index}`,
    rejects: [],
    skipped: {},
    seen: rows.length,
    ...(part === undefined ? {} : { part }),
  };
}
