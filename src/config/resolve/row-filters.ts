import { conditionsIn } from '#src/domain/measure/filter-leaves.js';
import { checkRowFilter, parseRowFilter } from '#src/domain/measure/row-filter.js';
import type { RowFilter } from '#src/domain/measure/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import type { Place, ProblemList } from '../problem-list.js';
import { nameOf } from '../spec/report-issues.js';
import { checkReference } from './context.js';

const LITERALS = "compare with what the column holds: 12.5, 'text', true, '2026-03-01', or null with = and !=";

/** What filters and value columns are looked up in; `undefined` columns where the extract is not known. */
export interface ColumnLookup {
  readonly columns: readonly ColumnSpec[] | undefined;
  readonly problems: ProblemList;
}

/** The filter of rows to count, where `all` or nothing is every row. */
export function countFilter(text: string | undefined, place: Place, lookup: ColumnLookup): RowFilter {
  return text === undefined || text.trim() === 'all' ? [] : resolveFilter(text, place, lookup);
}

/** A row filter with every column looked up; what is wrong with it is a problem. */
export function resolveFilter(text: string, place: Place, { columns, problems }: ColumnLookup): RowFilter {
  const reading = parseRowFilter(text);
  if (!reading.ok) {
    const { message, remedy, position } = reading;
    const where = `${nameOf(place)}: the filter "${text}", character ${position + 1}`;
    problems.error('CONFIG_BAD_FILTER', place, `${where}: ${message}`, remedy);
    return [];
  }
  if (columns === undefined) return reading.filter;
  const names = new Set(columns.map(({ name }) => name));
  const known = conditionsIn(reading.filter).filter(({ column }) =>
    checkReference('column', column, names, place, problems),
  );
  for (const problem of checkRowFilter(known, columns)) {
    problems.error('CONFIG_BAD_FILTER', place, `${nameOf(place)}: in the filter "${text}", ${problem}`, LITERALS);
  }
  return reading.filter;
}
