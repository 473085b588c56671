import { KEY_WIDTH, key, nullable } from '../schema/columns.js';
import type { AddedColumn, AddedIndex } from '../schema/create-table.js';

/** How each node stands in each period, beside the pointer: what still waits is found without a look at what is past. */
export const columns: readonly AddedColumn[] = [
  { table: 'score_current', column: nullable(key('status', KEY_WIDTH.kind)) },
];

export const indexes: readonly AddedIndex[] = [{ table: 'score_current', columns: ['status', 'node'] }];

export function statements(): string[] {
  return [
    `update score_current set status = (
      select score.status from score
      where score.node = score_current.node and score.period_id = score_current.period_id
        and score.inputs_digest = score_current.inputs_digest
    ) where status is null`,
  ];
}
