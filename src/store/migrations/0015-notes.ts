import { count, instant, KEY_WIDTH, key, longText } from '../schema/columns.js';
import { createTable, type Dialect, type TableDefinition } from '../schema/create-table.js';

/** What people wrote about a node in a period. Append-only: the last of a node and period is the one that is shown. */
const note: TableDefinition = {
  name: 'note',
  columns: [
    key('node', KEY_WIDTH.id),
    key('period_id', KEY_WIDTH.period),
    count('sequence'),
    longText('text'),
    key('author', KEY_WIDTH.id),
    instant('written_at'),
  ],
  primaryKey: ['node', 'period_id', 'sequence'],
};

export function statements(dialect: Dialect): string[] {
  return createTable(dialect, note);
}
