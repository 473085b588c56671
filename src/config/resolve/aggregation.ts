import { checkRowFilter, parseRowFilter } from '#src/domain/measure/row-filter.js';
import type { Aggregation, RowFilter, Term } from '#src/domain/measure/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { FromSpec, TermSpec } from '../spec/from-spec.js';
import { nameOf } from '../spec/report-issues.js';
import { checkReference } from './context.js';

const LITERALS = "compare with what the column holds: 12.5, 'text', true, '2026-03-01', or null with = and !=";

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
  const step = { columns, problems };
  const where = from.where === undefined ? [] : resolveFilter(from.where, below(place, 'where'), step);
  if (from.ratio !== undefined) {
    const ratio = below(place, 'ratio');
    const numerator = resolveTerm(from.ratio.numerator, below(ratio, 'numerator'), step);
    const denominator = resolveTerm(from.ratio.denominator, below(ratio, 'denominator'), step);
    return { kind: 'ratio', numerator, denominator, where };
  }
  for (const kind of ['sum', 'avg', 'last'] as const) {
    const column = from[kind];
    if (column === undefined) continue;
    checkNumeric(kind, column, below(place, kind), step);
    return { kind, column, where };
  }
  const counted = countFilter(from.count, below(place, 'count'), step);
  return { kind: 'count', where: [...where, ...counted] };
}

interface Step {
  readonly columns: readonly ColumnSpec[] | undefined;
  readonly problems: ProblemList;
}

function resolveTerm(term: TermSpec, place: Place, step: Step): Term {
  if (term.sum === undefined) return { kind: 'count', where: countFilter(term.count, below(place, 'count'), step) };
  checkNumeric('sum', term.sum, below(place, 'sum'), step);
  const where = term.where === undefined ? [] : resolveFilter(term.where, below(place, 'where'), step);
  return { kind: 'sum', column: term.sum, where };
}

function countFilter(text: string | undefined, place: Place, step: Step): RowFilter {
  return text === undefined || text.trim() === 'all' ? [] : resolveFilter(text, place, step);
}

function resolveFilter(text: string, place: Place, { columns, problems }: Step): RowFilter {
  const reading = parseRowFilter(text);
  if (!reading.ok) {
    const { message, remedy, position } = reading;
    const where = `${nameOf(place)}: the filter "${text}", character ${position + 1}`;
    problems.error('CONFIG_BAD_FILTER', place, `${where}: ${message}`, remedy);
    return [];
  }
  if (columns === undefined) return reading.filter;
  const names = new Set(columns.map(({ name }) => name));
  const known = reading.filter.filter(({ column }) => checkReference('column', column, names, place, problems));
  for (const problem of checkRowFilter(known, columns)) {
    problems.error('CONFIG_BAD_FILTER', place, `${nameOf(place)}: in the filter "${text}", ${problem}`, LITERALS);
  }
  return reading.filter;
}

function checkNumeric(kind: string, name: string, place: Place, { columns, problems }: Step): void {
  if (columns === undefined) return;
  if (!checkReference('column', name, new Set(columns.map((column) => column.name)), place, problems)) return;
  const type = columns.find((column) => column.name === name)?.type;
  if (type === 'decimal' || type === 'integer') return;
  const message = `${nameOf(place)}: ${kind} needs numbers, and the column "${name}" is ${type}`;
  problems.error('CONFIG_COLUMN_TYPE', place, message, 'name a decimal or integer column, or use count');
}
