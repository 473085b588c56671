import { PlumblineError } from '../../failure/plumbline-error.js';
import type { ColumnVector } from '../../value/columns/column-vector.js';
import type { Condition } from '../types.js';

/**
 * Writes those of the first `count` numbers of `rows` whose cells satisfy a condition to the beginning of `kept`, which
 * may be `rows` itself, and says how many they are.
 */
export type ConditionSieve = (vector: ColumnVector, rows: Int32Array, count: number, kept: Int32Array) => number;

export type Operator = Condition['operator'];

/** Whether an order of cell and literal (negative, 0, positive) satisfies an operator. */
export const HOLDS: Readonly<Record<Operator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Keeps the rows for which `test` says so. */
export function keepWhere(rows: Int32Array, count: number, kept: Int32Array, test: (row: number) => boolean): number {
  let length = 0;
  for (let index = 0; index < count; index++) {
    const row = rows[index] ?? 0;
    if (test(row)) kept[length++] = row;
  }
  return length;
}

/** Vectors are made by the types of the same columns, so a vector of another kind is a mistake of ours. */
export function wrongVector(vector: ColumnVector, expected: string): PlumblineError {
  const message = `Comparing ${vector.kind} cells as ${expected}: the column has another type`;
  return new PlumblineError('defect', 'BUG_UNFIT_LITERAL', message);
}
