import type { AddedIndex } from '../schema/create-table.js';

/** What has been stored since a run, of however long a history. */
export const indexes: readonly AddedIndex[] = [{ table: 'actual', columns: ['recorded_at'] }];
