import { conditionsIn } from '#src/domain/measure/filter-leaves.js';
import type { Aggregation, Condition, RowFilter, Term } from '#src/domain/measure/types.js';

/** What aggregations do with the columns of an extract, by the extract's names. */
export interface ColumnUses {
  /** Those whose numbers are added up, or the least or greatest of which is sought. */
  readonly summed: ReadonlySet<string>;
  readonly conditions: readonly Condition[];
}

/** `undefined` where one of them needs the rows themselves. */
export function columnUses(aggregations: readonly Aggregation[]): ColumnUses | undefined {
  const summed = new Set<string>();
  const conditions: Condition[] = [];
  const addFilter = (filter: RowFilter): void => void conditions.push(...conditionsIn(filter));
  const addTerm = (term: Term): void => {
    addFilter(term.where);
    if (term.kind === 'sum') summed.add(term.column);
  };
  for (const aggregation of aggregations) {
    addFilter(aggregation.where);
    switch (aggregation.kind) {
      case 'sum':
      case 'avg':
      case 'min':
      case 'max':
        summed.add(aggregation.column);
        break;
      case 'count':
        break;
      case 'ratio':
        addTerm(aggregation.numerator);
        addTerm(aggregation.denominator);
        break;
      default:
        return undefined;
    }
  }
  return { summed, conditions };
}
