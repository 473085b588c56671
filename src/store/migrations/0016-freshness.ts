import { day, longText, nullable } from '../schema/columns.js';
import type { AddedColumn } from '../schema/create-table.js';

/** How far the rows of a pull went, and the periods whose cells it found blank, as JSON. */
export const columns: readonly AddedColumn[] = [
  { table: 'run_pull', column: nullable(day('newest_day')) },
  { table: 'run_pull', column: nullable(longText('blank_periods')) },
];
