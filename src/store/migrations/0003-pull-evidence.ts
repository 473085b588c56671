import { longText, nullable } from '../schema/columns.js';
import type { AddedColumn } from '../schema/create-table.js';

/** What a pull found beside its rows, each as JSON: how far the source had come, which rows were mended, notes. */
export const columns: readonly AddedColumn[] = ['watermark', 'repaired', 'notes'].map((name) => ({
  table: 'run_pull',
  column: nullable(longText(name)),
}));
