import { instant, KEY_WIDTH, key } from '../schema/columns.js';
import { createTable, type Dialect, type TableDefinition } from '../schema/create-table.js';

/** The last digest of each person, whether or not there was anything to say. */
const digest: TableDefinition = {
  name: 'digest',
  columns: [key('person_id', KEY_WIDTH.id), instant('digest_at')],
  primaryKey: ['person_id'],
};

export function statements(dialect: Dialect): string[] {
  return createTable(dialect, digest);
}
