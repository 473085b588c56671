import { KEY_WIDTH, key, nullable } from '../schema/columns.js';
import { type AddedColumn, type Dialect, sqliteIndex } from '../schema/create-table.js';

/** Digest of the dimensions that were saved with a revision: the same ones are not written again. */
export const columns: readonly AddedColumn[] = [
  { table: 'config_revision', column: nullable(key('dimensions_digest', KEY_WIDTH.digest)) },
];

/**
 * What is asked of the whole history of many measures at once: the periods since a day, and the first or the newest one
 * of each. SQLite keeps rows in the order of their writing, so that each period of each measure would be looked up in its
 * place. MySQL keeps them in the order of their key, a measure's periods side by side: there an index more costs more
 * than it saves.
 */
export function statements(dialect: Dialect): string[] {
  if (dialect === 'mysql') return [];
  return [
    sqliteIndex('actual', ['measure', 'period_start']),
    // The start, so that the newest period of a node is found in the index alone.
    sqliteIndex('score', ['node', 'period_end', 'period_start']),
  ];
}
