import { cellAt } from '../../value/columns/column-vector.js';
import { prepareLiteral } from '../filter-literal.js';
import type { FilterNode, RowFilter, SetCondition } from '../types.js';
import type { ColumnAccess } from './column-access.js';
import { compileCondition } from './compile-condition.js';
import { type ConditionSieve, keepWhere } from './condition-sieve.js';
import { type RowBlock, type RowSelection, vectorOf } from './row-block.js';

/** The rows of a selection that belong. Valid until the sieve is used again; the selection itself where there is no condition. */
export type RowSieve = (block: RowBlock, selection: RowSelection) => RowSelection;

/** Writes those of the first `count` numbers of `rows` that belong to the beginning of `kept`, which may be `rows` itself. */
type NodeSieve = (block: RowBlock, rows: Int32Array, count: number, kept: Int32Array) => number;

/**
 * Makes a filter ready to run over rows; every node must hold.
 *
 * Decimals and integers compare as numbers, ordinals by their order, dates and times by time, text by its code units. A
 * blank cell satisfies only `= null`: as in SQL, `!= 'x'` and `not in ('x')` are not satisfied by a blank cell, `!= null` is
 * satisfied by any other. `not` turns round what holds, so that `not (kind = 'x')` is satisfied by a blank cell.
 * Expects a filter that `checkRowFilter` found no problem in.
 *
 * @throws PlumblineError `BUG_UNFIT_LITERAL` (defect) when a literal does not fit its column, `BUG_UNKNOWN_COLUMN`
 */
export function createRowSieve(filter: RowFilter, access: ColumnAccess): RowSieve {
  if (filter.length === 0) return (_block, selection) => selection;
  const sieve = everyNode(filter, access);
  let kept = new Int32Array(0);
  return (block, selection) => {
    if (kept.length < selection.count) kept = new Int32Array(selection.rows.length);
    return { rows: kept, count: sieve(block, selection.rows, selection.count, kept) };
  };
}

function everyNode(filter: RowFilter, access: ColumnAccess): NodeSieve {
  const sieves = filter.map((node) => nodeSieve(node, access));
  return (block, rows, count, kept) => {
    let left: { readonly rows: Int32Array; readonly count: number } = { rows, count };
    for (const sieve of sieves) left = { rows: kept, count: sieve(block, left.rows, left.count, kept) };
    return left.count;
  };
}

function nodeSieve(node: FilterNode, access: ColumnAccess): NodeSieve {
  if ('anyOf' in node) {
    const alternatives = node.anyOf.map((filter) => everyNode(filter, access));
    return markedSieve(alternatives, true);
  }
  if ('not' in node) return markedSieve([everyNode(node.not, access)], false);
  const column = access.find(node.column);
  const { position } = column;
  const sieve = 'values' in node ? setSieve(node, column) : compileCondition(node, column);
  return (block, rows, count, kept) => sieve(vectorOf(block, position), rows, count, kept);
}

/** The rows that one of some sieves keeps, or those that none does. */
function markedSieve(sieves: readonly NodeSieve[], wanted: boolean): NodeSieve {
  let marks = new Uint8Array(0);
  let found = new Int32Array(0);
  return (block, rows, count, kept) => {
    if (found.length < count) found = new Int32Array(rows.length);
    for (const sieve of sieves) {
      const length = sieve(block, rows, count, found);
      for (let index = 0; index < length; index++) {
        const row = found[index] ?? 0;
        if (row >= marks.length) marks = longer(marks, row + 1);
        marks[row] = 1;
      }
    }
    let length = 0;
    for (let index = 0; index < count; index++) {
      const row = rows[index] ?? 0;
      const isMarked = marks[row] === 1;
      if (isMarked) marks[row] = 0;
      if (isMarked === wanted) kept[length++] = row;
    }
    return length;
  };
}

/** Twice as long at least: rows are met in any order. */
function longer(marks: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(Math.max(length, marks.length * 2));
  more.set(marks);
  return more;
}

function setSieve({ column, operator, values }: SetCondition, type: ReturnType<ColumnAccess['find']>): ConditionSieve {
  const known = new Set(values.map((literal) => prepareLiteral({ column, operator: '=', ...literal }, type)));
  return (vector, rows, count, kept) =>
    keepWhere(rows, count, kept, (row) => {
      const cell = cellAt(vector, row);
      return cell !== null && known.has(cell) === (operator === 'in');
    });
}
