import { longText, nullable } from '../schema/columns.js';
import type { AddedColumn } from '../schema/create-table.js';

/** What a message says, as JSON beside its words, for channels that are read by programs. */
export const columns: readonly AddedColumn[] = [{ table: 'outbox', column: nullable(longText('about')) }];
