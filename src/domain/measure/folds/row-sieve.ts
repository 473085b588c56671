import type { RowFilter } from '../types.js';
import type { ColumnAccess } from './column-access.js';
import { compileCondition } from './compile-condition.js';
import { type RowBlock, type RowSelection, vectorOf } from './row-block.js';

/** The rows of a selection that belong. Valid until the sieve is used again; the selection itself where there is no condition. */
export type RowSieve = (block: RowBlock, selection: RowSelection) => RowSelection;

/**
 * Makes a filter ready to run over rows; every condition must hold.
 *
 * Decimals and integers compare as numbers, dates and times by time, text by its code units. A blank cell satisfies
 * only `= null`: as in SQL, `!= 'x'` is not satisfied by a blank cell, `!= null` is satisfied by any other.
 * Expects a filter that `checkRowFilter` found no problem in.
 *
 * @throws PlumblineError `BUG_UNFIT_LITERAL` (defect) when a literal does not fit its column, `BUG_UNKNOWN_COLUMN`
 */
export function createRowSieve(filter: RowFilter, access: ColumnAccess): RowSieve {
  const conditions = filter.map((condition) => {
    const { position, type } = access.find(condition.column);
    return { position, sieve: compileCondition(condition, type) };
  });
  if (conditions.length === 0) return (_block, selection) => selection;
  let kept = new Int32Array(0);
  return (block, selection) => {
    if (kept.length < selection.count) kept = new Int32Array(selection.rows.length);
    let { rows, count } = selection;
    for (const { position, sieve } of conditions) {
      count = sieve(vectorOf(block, position), rows, count, kept);
      rows = kept;
    }
    return { rows: kept, count };
  };
}
