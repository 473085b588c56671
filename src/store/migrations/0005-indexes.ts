import { KEY_WIDTH, key, nullable } from '../schema/columns.js';
import type { AddedColumn, AddedIndex } from '../schema/create-table.js';

/**
 * What is asked of the whole history of many measures at once: the periods since a day, and the first or the newest one
 * of each. Without these indexes every period of every measure is looked at, in each run.
 */
export const indexes: readonly AddedIndex[] = [
  { table: 'actual', columns: ['measure', 'period_start'] },
  // The start, so that the newest period of a node is found in the index alone.
  { table: 'score', columns: ['node', 'period_end', 'period_start'] },
];

/** Digest of the dimensions that were saved with a revision: the same ones are not written again. */
export const columns: readonly AddedColumn[] = [
  { table: 'config_revision', column: nullable(key('dimensions_digest', KEY_WIDTH.digest)) },
];
