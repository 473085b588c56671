import { instant, nullable } from '../schema/columns.js';
import type { AddedColumn } from '../schema/create-table.js';

/** What time a family was judged by: whether a period has closed since is told without a look at its scores. */
export const columns: readonly AddedColumn[] = [{ table: 'scoring_progress', column: nullable(instant('judged_at')) }];
