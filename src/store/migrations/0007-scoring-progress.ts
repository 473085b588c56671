import { day, KEY_WIDTH, key, nullable } from '../schema/columns.js';
import { createTable, type Dialect, type TableDefinition } from '../schema/create-table.js';

/** Where nothing but time has passed since, only what time can change has to be judged again. */
const scoringProgress: TableDefinition = {
  name: 'scoring_progress',
  columns: [key('subject', KEY_WIDTH.id), key('config_revision', KEY_WIDTH.digest), nullable(day('day'))],
  primaryKey: ['subject'],
};

export function statements(dialect: Dialect): string[] {
  return createTable(dialect, scoringProgress);
}
