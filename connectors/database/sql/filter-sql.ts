import { conditionsIn } from '#src/domain/measure/filter-leaves.js';
import type { Condition, FilterNode, RowFilter } from '#src/domain/measure/types.js';
import { join, raw, type Sql, sql } from './statement.js';

/** How one comparison is written. */
type WriteCondition = (condition: Condition) => Sql;

/**
 * A filter whose every comparison is surely true or surely false: what is unknown for a blank cell is false here, as it is for
 * rows, so that `not` of it is true. `undefined` where every row belongs.
 */
export function filterSql(filter: RowFilter, write: WriteCondition): Sql | undefined {
  if (filter.length === 0) return undefined;
  return sql`(${join(
    filter.map((node) => nodeSql(node, write)),
    ' AND ',
  )})`;
}

/** One node of a filter, see {@link filterSql}. */
export function nodeSql(node: FilterNode, write: WriteCondition): Sql {
  if ('anyOf' in node) {
    return sql`(${join(
      node.anyOf.map((filter) => filterSql(filter, write) ?? ALWAYS),
      ' OR ',
    )})`;
  }
  if ('not' in node) return sql`(NOT ${filterSql(node.not, write) ?? ALWAYS})`;
  if ('values' in node) {
    return sql`(${join(
      conditionsIn([node]).map((condition) => surely(condition, write)),
      node.operator === 'in' ? ' OR ' : ' AND ',
    )})`;
  }
  return surely(node, write);
}

const ALWAYS = raw('(1 = 1)');

function surely(condition: Condition, write: WriteCondition): Sql {
  return sql`((${write(condition)}) IS TRUE)`;
}
