import type { Extract } from '#src/config/types.js';
import type { RowBlock } from '#src/domain/measure/folds/row-block.js';
import { cellAt } from '#src/domain/value/columns/column-vector.js';
import { keyPositionsOf } from './block-typing.js';
import type { KeptRows } from './kept-rows.js';

/**
 * Which rows of a key count. Told over all rows that were read, those outside the window too: a wider window never
 * changes what a day holds.
 */
export interface DuplicateRows {
  /** Looks at a usable row: what becomes of it now. A `kept` one may still be superseded. */
  take(block: RowBlock, row: number): RowOutcome;
  /** Looks at a row outside the window, which is not used but may be the one that counts. */
  takeOutside(block: RowBlock, row: number): 'superseded' | undefined;
}

export type RowOutcome = { readonly is: 'used' | 'kept' | 'superseded' } | RepeatedKey;

export interface RepeatedKey {
  readonly is: 'rejected';
  /** The cells of the key, as JSON. */
  readonly key: string;
  /** Place of the row that has the key. */
  readonly firstPlace: string;
}

const USED: RowOutcome = { is: 'used' };
const KEPT: RowOutcome = { is: 'kept' };
/** This row, or the one it takes the place of. */
const SUPERSEDED: RowOutcome = { is: 'superseded' };

/** @param kept where rows of `keep: last` wait until no later row can come */
export function createDuplicateRows(extract: Extract, kept: KeptRows): DuplicateRows {
  const positions = keyPositionsOf(extract);
  const keyOf = ({ vectors }: RowBlock, row: number): string =>
    JSON.stringify(positions.map((position) => cellOf(vectors[position], row)));
  switch (extract.duplicates.keep) {
    case 'all':
      return { take: () => USED, takeOutside: () => undefined };
    case 'first':
      return firstOfKey(keyOf);
    case 'reject':
      return onlyOfKey(keyOf);
    case 'last':
      return lastOfKey(keyOf, kept);
  }
}

type KeyOf = (block: RowBlock, row: number) => string;

/** The first counts at once, so that of others nothing but the key has to be known. */
function firstOfKey(keyOf: KeyOf): DuplicateRows {
  const keys = new Set<string>();
  return {
    take(block, row) {
      const key = keyOf(block, row);
      if (keys.has(key)) return SUPERSEDED;
      keys.add(key);
      return USED;
    },
    takeOutside(block, row) {
      keys.add(keyOf(block, row));
      return undefined;
    },
  };
}

function onlyOfKey(keyOf: KeyOf): DuplicateRows {
  const places = new Map<string, string>();
  return {
    take(block, row) {
      const key = keyOf(block, row);
      const firstPlace = places.get(key);
      if (firstPlace !== undefined) return { is: 'rejected', key, firstPlace };
      places.set(key, block.locate(row));
      return USED;
    },
    takeOutside(block, row) {
      const key = keyOf(block, row);
      if (!places.has(key)) places.set(key, block.locate(row));
      return undefined;
    },
  };
}

/** In place of a kept row's number: the last row of the key lies outside the window. */
const NONE_KEPT = -1;

function lastOfKey(keyOf: KeyOf, kept: KeptRows): DuplicateRows {
  const latest = new Map<string, number>();
  return {
    take(block, row) {
      const key = keyOf(block, row);
      const earlier = latest.get(key) ?? NONE_KEPT;
      if (earlier !== NONE_KEPT) {
        kept.replace(earlier, block, row);
        return SUPERSEDED;
      }
      latest.set(key, kept.add(block, row));
      return KEPT;
    },
    takeOutside(block, row) {
      const key = keyOf(block, row);
      const earlier = latest.get(key) ?? NONE_KEPT;
      latest.set(key, NONE_KEPT);
      if (earlier === NONE_KEPT) return undefined;
      kept.drop(earlier);
      return 'superseded';
    },
  };
}

function cellOf(vector: RowBlock['vectors'][number], row: number) {
  return vector === undefined ? null : cellAt(vector, row);
}
