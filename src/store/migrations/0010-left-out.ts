import { longText, nullable } from '../schema/columns.js';
import { type AddedColumn, createView, type Dialect } from '../schema/create-table.js';
import { scorecardCurrent } from './0004-score-bands.js';

/** The children that a score is made without, beside the words that say so. */
export const columns: readonly AddedColumn[] = [{ table: 'score', column: nullable(longText('left_out')) }];

export function statements(dialect: Dialect): string[] {
  const select = scorecardCurrent.replace('standing.reason,', 'standing.reason, standing.left_out,');
  return createView(dialect, 'v_scorecard_current', select);
}
