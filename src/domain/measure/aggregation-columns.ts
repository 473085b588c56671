import type { Aggregation, RowFilter, Term } from './types.js';

/** Names of all columns an aggregation needs, each once, in the order it names them. The time column is not among them unless named. */
export function columnsOf(aggregation: Aggregation): string[] {
  return [...new Set([...valueColumns(aggregation), ...filterColumns(aggregation.where)])];
}

function valueColumns(aggregation: Aggregation): string[] {
  switch (aggregation.kind) {
    case 'sum':
    case 'avg':
    case 'last':
      return [aggregation.column];
    case 'count':
      return [];
    case 'ratio':
      return [...termColumns(aggregation.numerator), ...termColumns(aggregation.denominator)];
  }
}

function termColumns(term: Term): string[] {
  return [...(term.kind === 'sum' ? [term.column] : []), ...filterColumns(term.where)];
}

function filterColumns(filter: RowFilter): string[] {
  return filter.map((condition) => condition.column);
}
