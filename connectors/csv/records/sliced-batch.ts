import type { Batch, RawReject } from '#connectors/sdk/types.js';

/** A batch in the making. Rows are places in the window's bytes; everything seen is counted. */
export interface SlicedBatch {
  /** Places of cells, as `SlicedRows` has them. Used again for every batch. */
  readonly bounds: Int32Array;
  /** Physical line of each row. A batch's own, for its places are asked for late. */
  lines: Int32Array;
  rows: number;
  rejects: RawReject[];
  skipped: Record<string, number>;
  skips: number;
  repaired: Record<string, number> | undefined;
  readonly capacity: number;
  readonly width: number;
}

export function openBatch(capacity: number, width: number): SlicedBatch {
  return {
    bounds: new Int32Array(capacity * width * 2),
    lines: new Int32Array(capacity),
    rows: 0,
    rejects: [],
    skipped: {},
    skips: 0,
    repaired: undefined,
    capacity,
    width,
  };
}

export function isFull(batch: SlicedBatch): boolean {
  return batch.rows + batch.rejects.length >= batch.capacity;
}

export function addSkips(batch: SlicedBatch, rule: string, count: number): void {
  if (count === 0) return;
  batch.skipped[rule] = (batch.skipped[rule] ?? 0) + count;
  batch.skips += count;
}

export function addRepair(batch: SlicedBatch, rule: string): void {
  batch.repaired ??= {};
  batch.repaired[rule] = (batch.repaired[rule] ?? 0) + 1;
}

/** The batch so far, if anything was seen; the maker starts anew. */
export function takeBatch(batch: SlicedBatch, bytes: Uint8Array, file: string): Batch | undefined {
  const { rows, lines, rejects, skipped, repaired } = batch;
  const seen = rows + rejects.length + batch.skips;
  if (seen === 0) return undefined;
  batch.lines = new Int32Array(batch.capacity);
  batch.rows = 0;
  batch.rejects = [];
  batch.skipped = {};
  batch.skips = 0;
  batch.repaired = undefined;
  return {
    rows: { length: rows, width: batch.width, bytes, bounds: batch.bounds },
    rejects,
    skipped,
    seen,
    part: file,
    ...(repaired === undefined ? {} : { repaired }),
    locate(index) {
      if (index < 0 || index >= rows) throw new RangeError(`This batch has ${rows} rows, none at index ${index}`);
      return `${file}:${lines[index]}`;
    },
  };
}
