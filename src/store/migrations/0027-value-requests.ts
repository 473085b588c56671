import { day, instant, KEY_WIDTH, key } from '../schema/columns.js';
import { createTable, type Dialect, type TableDefinition } from '../schema/create-table.js';

/**
 * For which of the days that a due rule names a value was asked for. Append-only. Only the last few days are ever read, by their
 * index.
 */
const valueRequest: TableDefinition = {
  name: 'value_request',
  columns: [
    key('measure', KEY_WIDTH.id),
    key('period_id', KEY_WIDTH.period),
    day('named_day'),
    key('person_id', KEY_WIDTH.id),
    instant('requested_at'),
  ],
  primaryKey: ['measure', 'period_id', 'named_day'],
  indexes: [['named_day']],
};

export function statements(dialect: Dialect): string[] {
  return createTable(dialect, valueRequest);
}
