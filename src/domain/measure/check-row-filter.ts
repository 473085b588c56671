import type { ColumnSpec } from '../value/types.js';
import { isOrder } from './filter-condition.js';
import { conditionsIn } from './filter-leaves.js';
import { literalProblem } from './filter-literal.js';
import type { Condition, RowFilter } from './types.js';

/** Problems of a filter against the columns of its extract, in words and in the filter's order; none is an empty list. */
export function checkRowFilter(filter: RowFilter, columns: readonly ColumnSpec[]): string[] {
  const problems = conditionsIn(filter).flatMap((condition) => {
    const column = columns.find((candidate) => candidate.name === condition.column);
    if (column === undefined) {
      const names = columns.map((candidate) => candidate.name).join(', ');
      return [`unknown column "${condition.column}"; the extract has: ${names}`];
    }
    const problem = conditionProblem(condition, column);
    return problem === undefined ? [] : [problem];
  });
  // Of a set whose values are all unfit each says its own; of an unknown column one line is enough.
  return [...new Set(problems)];
}

function conditionProblem(condition: Condition, column: ColumnSpec): string | undefined {
  if (isOrder(condition.operator)) {
    if (column.type === 'boolean') {
      return `column "${column.name}" is boolean and has no order; "${condition.operator}" must be = or !=`;
    }
    if (condition.value === null) return `null has no order; "${condition.operator} null" must be = null or != null`;
  }
  return literalProblem(condition, column);
}
