import type { Aggregation, Term } from '#src/domain/measure/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { FromSpec, TermSpec } from '../spec/from-spec.js';
import { type ColumnLookup, countFilter, resolveFilter } from './row-filters.js';
import { checkValueColumn, findColumn } from './value-columns.js';

/** Kinds that need numbers, and those that words in an order, or true and false, do for as well. */
const OF_NUMBERS = ['sum', 'avg'] as const;
const OF_ORDER = ['first', 'last', 'min', 'max'] as const;

/**
 * How rows become a value, with every column looked up.
 *
 * @param columns of the extract; `undefined` when the extract is not known, so that only the filters' grammar is checked
 */
export function resolveAggregation(
  from: FromSpec,
  columns: readonly ColumnSpec[] | undefined,
  place: Place,
  problems: ProblemList,
): Aggregation {
  const lookup = { columns, problems };
  const where = from.where === undefined ? [] : resolveFilter(from.where, below(place, 'where'), lookup);
  if (from.ratio !== undefined) {
    const ratio = below(place, 'ratio');
    const numerator = resolveTerm(from.ratio.numerator, below(ratio, 'numerator'), lookup);
    const denominator = resolveTerm(from.ratio.denominator, below(ratio, 'denominator'), lookup);
    return { kind: 'ratio', numerator, denominator, where };
  }
  for (const kind of [...OF_NUMBERS, ...OF_ORDER]) {
    const column = from[kind];
    if (column === undefined) continue;
    checkValueColumn(
      kind,
      column,
      below(place, kind),
      lookup,
      OF_ORDER.some((each) => each === kind) ? ['ordinal', 'boolean'] : [],
    );
    return { kind, column, where };
  }
  if (from.weighted_avg !== undefined) {
    const { value, weight } = from.weighted_avg;
    checkValueColumn('weighted_avg', value, below(place, 'weighted_avg', 'value'), lookup);
    checkValueColumn('weighted_avg', weight, below(place, 'weighted_avg', 'weight'), lookup);
    return { kind: 'weighted_avg', column: value, weight, where };
  }
  if (from.count_distinct !== undefined) {
    findColumn(from.count_distinct, below(place, 'count_distinct'), lookup);
    return { kind: 'count_distinct', column: from.count_distinct, where };
  }
  if (from.cumulative !== undefined) {
    const { column, resets } = from.cumulative;
    checkValueColumn('cumulative', column, below(place, 'cumulative', 'column'), lookup);
    return { kind: 'cumulative', column, resets, where };
  }
  const quantile = resolveQuantile(from, place, lookup);
  if (quantile !== undefined) return { ...quantile, where };
  const counted = countFilter(from.count, below(place, 'count'), lookup);
  return { kind: 'count', where: [...where, ...counted] };
}

/** Between two words of an order there is none: their median is the lower of the two middle ones. */
function resolveQuantile({ median, percentile }: FromSpec, place: Place, lookup: ColumnLookup) {
  if (median !== undefined) {
    checkValueColumn('median', median, below(place, 'median'), lookup, ['ordinal']);
    const isOrdinal = lookup.columns?.find(({ name }) => name === median)?.type === 'ordinal';
    if (!isOrdinal) return { kind: 'median', column: median } as const;
    return { kind: 'percentile', column: median, p: '50', method: 'nearest_rank' } as const;
  }
  if (percentile === undefined) return undefined;
  const { of, p, method } = percentile;
  const kind = `percentile with method: ${method}`;
  checkValueColumn(kind, of, below(place, 'percentile', 'of'), lookup, method === 'nearest_rank' ? ['ordinal'] : []);
  return { kind: 'percentile', column: of, p, method } as const;
}

function resolveTerm(term: TermSpec, place: Place, lookup: ColumnLookup): Term {
  if (term.sum === undefined) return { kind: 'count', where: countFilter(term.count, below(place, 'count'), lookup) };
  checkValueColumn('sum', term.sum, below(place, 'sum'), lookup);
  const where = term.where === undefined ? [] : resolveFilter(term.where, below(place, 'where'), lookup);
  return { kind: 'sum', column: term.sum, where };
}
