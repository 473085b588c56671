import type { AddedIndex } from '../schema/create-table.js';

/** What of a thread is not settled yet. */
export const indexes: readonly AddedIndex[] = [{ table: 'outbox', columns: ['thread_id'] }];
