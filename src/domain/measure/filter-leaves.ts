import type { Condition, FilterNode, RowFilter } from './types.js';

/** The comparisons of a filter in its order, wherever they stand; a set gives one for each of its values. */
export function conditionsIn(filter: RowFilter): readonly Condition[] {
  return filter.flatMap(conditionsOf);
}

function conditionsOf(node: FilterNode): readonly Condition[] {
  if ('anyOf' in node) return node.anyOf.flatMap(conditionsIn);
  if ('not' in node) return conditionsIn(node.not);
  if (!('values' in node)) return [node];
  const { column, values } = node;
  const operator = node.operator === 'in' ? '=' : '!=';
  return values.map((literal) => ({ column, operator, ...literal }));
}

/** Names of the columns a filter asks about, in its order and as often as it does. */
export function columnsInFilter(filter: RowFilter): readonly string[] {
  return conditionsIn(filter).map(({ column }) => column);
}
