import { KEY_WIDTH, key, nullable } from '../schema/columns.js';
import type { AddedColumn, AddedIndex } from '../schema/create-table.js';

/** Which messages are told as one where they are due to the same reader together. */
export const columns: readonly AddedColumn[] = [{ table: 'outbox', column: nullable(key('cause', KEY_WIDTH.digest)) }];

export const indexes: readonly AddedIndex[] = [{ table: 'outbox', columns: ['cause', 'state'] }];
