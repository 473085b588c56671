import type { Batch, RawCell, RawReject } from './types.js';

/** Collects rows, rejects and skips until they make a batch. Counts `seen` by itself, so a batch always balances. */
export interface BatchBuilder {
  addRow(cells: readonly RawCell[], ordinal: number): void;
  addReject(reject: RawReject): void;
  skip(rule: string): void;
  /** Rows and rejects held, to know when a batch is full. */
  readonly size: number;
  /** The batch so far, if anything was seen; the builder starts anew. */
  take(): Batch | undefined;
}

/** @param locator makes a place of a row's ordinal (its line, its number in the result) */
export function createBatchBuilder(locator: (ordinal: number) => string): BatchBuilder {
  let rows: (readonly RawCell[])[] = [];
  let ordinals: number[] = [];
  let rejects: RawReject[] = [];
  let skipped: Record<string, number> = {};
  let seen = 0;
  return {
    addRow(cells, ordinal) {
      rows.push(cells);
      ordinals.push(ordinal);
      seen += 1;
    },
    addReject(reject) {
      rejects.push(reject);
      seen += 1;
    },
    skip(rule) {
      skipped[rule] = (skipped[rule] ?? 0) + 1;
      seen += 1;
    },
    get size() {
      return rows.length + rejects.length;
    },
    take() {
      if (seen === 0) return undefined;
      const places = ordinals;
      const batch: Batch = {
        rows,
        rejects,
        skipped,
        seen,
        locate(index) {
          const ordinal = places[index];
          if (ordinal === undefined)
            throw new RangeError(`This batch has ${places.length} rows, none at index ${index}`);
          return locator(ordinal);
        },
      };
      rows = [];
      ordinals = [];
      rejects = [];
      skipped = {};
      seen = 0;
      return batch;
    },
  };
}
