import type { AddedIndex } from '../schema/create-table.js';

/** What a person resolved while it held is found without a look at all that is over. */
export const indexes: readonly AddedIndex[] = [{ table: 'alert', columns: ['dismissed_through'] }];
