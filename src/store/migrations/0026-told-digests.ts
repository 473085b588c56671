import { instant, longText, nullable } from '../schema/columns.js';
import type { AddedColumn } from '../schema/create-table.js';

/** When the last digest was sent that told of something, and what stood then, as JSON; NULL before the first. */
export const columns: readonly AddedColumn[] = [
  { table: 'digest', column: nullable(instant('told_at')) },
  { table: 'digest', column: nullable(longText('told')) },
];
