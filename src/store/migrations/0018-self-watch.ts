import { instant, KEY_WIDTH, key, nullable } from '../schema/columns.js';
import { type AddedColumn, createTable, type Dialect, type TableDefinition } from '../schema/create-table.js';

/** When a message was given up: only what is delivered after that shows that its channel works again. */
export const columns: readonly AddedColumn[] = [{ table: 'outbox', column: nullable(instant('given_up_at')) }];

/** When sweep and delivery were there last. */
const pipelineProgress: TableDefinition = {
  name: 'pipeline_progress',
  columns: [key('part', KEY_WIDTH.kind), instant('seen_at'), instant('since')],
  primaryKey: ['part'],
};

export function statements(dialect: Dialect): string[] {
  return [
    // Of earlier ones the last claim is known, which ends two minutes after.
    "update outbox set given_up_at = next_attempt_at where state = 'dead' and given_up_at is null",
    ...createTable(dialect, pipelineProgress),
  ];
}
