import { columnsInFilter } from './filter-leaves.js';
import type { Aggregation, Term } from './types.js';

/** Names of all columns an aggregation needs, each once, in the order it names them. The time column is not among them unless named. */
export function columnsOf(aggregation: Aggregation): string[] {
  return [...new Set([...valueColumns(aggregation), ...columnsInFilter(aggregation.where)])];
}

/** Columns whose cells make the value; a row is blank where one of them is, save that a ratio asks each side apart. */
export function valueColumns(aggregation: Aggregation): string[] {
  switch (aggregation.kind) {
    case 'count':
      return [];
    case 'weighted_avg':
      return [aggregation.column, aggregation.weight];
    case 'ratio':
      return [...termColumns(aggregation.numerator), ...termColumns(aggregation.denominator)];
    default:
      return [aggregation.column];
  }
}

function termColumns(term: Term): string[] {
  return [...(term.kind === 'sum' ? [term.column] : []), ...columnsInFilter(term.where)];
}

/** Whether rows of one day cannot be told from each other once they are added up: such a value needs every row. */
export function needsRows({ kind }: Aggregation): boolean {
  return !ADDING_UP.has(kind);
}

/** Whether rows are asked where they stand in their source. */
export function needsPlaces({ kind }: Aggregation): boolean {
  return kind === 'first' || kind === 'last' || kind === 'cumulative';
}

const ADDING_UP: ReadonlySet<Aggregation['kind']> = new Set([
  'sum',
  'avg',
  'count',
  'ratio',
  'weighted_avg',
  'min',
  'max',
]);
