import { longText, nullable } from '../schema/columns.js';
import type { AddedColumn, AddedIndex } from '../schema/create-table.js';

/** What a ratio without cases adds to a window, and what has been found without a value since a run. */
export const columns: readonly AddedColumn[] = [{ table: 'no_value', column: nullable(longText('numerator')) }];

export const indexes: readonly AddedIndex[] = [{ table: 'no_value', columns: ['recorded_at'] }];
