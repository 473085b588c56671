import type { AggregateRequest } from '#connectors/sdk/push-down.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import type { CatalogColumn } from '../sql/catalog.js';
import { conditionSql } from '../sql/condition.js';
import { filterSql } from '../sql/filter-sql.js';
import { identifier } from '../sql/names.js';
import { join, type Sql, sql } from '../sql/statement.js';
import { widened, withinWindow } from '../sql/time-window.js';
import type { SqlGrammar } from '../sql-tokens.js';
import { columnFitness } from './column-fitness.js';
import { columnUses } from './column-use.js';
import { conditionMisfit } from './condition-fitness.js';
import { daySql, inGap } from './day-sql.js';
import { type AnswerRow, createSelectList } from './select-list.js';
import { type ColumnSql, type PartReader, selectPart } from './tally-sql.js';
import { unitSql } from './unit-sql.js';
import { zoneGaps } from './zone-gaps.js';

/** Expressions a statement may select in any of the databases. */
const MAX_EXPRESSIONS = 1_500;

/** One statement for all aggregations of an extract, and how its answer is read. */
export interface PushDownStatement {
  readonly sql: Sql;
  readonly day: (row: AnswerRow) => string | null;
  /** The unit's cell as the database has it; absent where units were not asked for. */
  readonly unit?: (row: AnswerRow) => string | null;
  readonly rows: (row: AnswerRow) => number;
  /** Why rows of a day might be rejected or typed otherwise here; `undefined` when none might. */
  suspicionIn(row: AnswerRow, inWindow: boolean): string | undefined;
  readonly parts: readonly PartReader[];
}

export interface PushDownTable {
  readonly grammar: SqlGrammar;
  readonly from: Sql;
  /** The extract's own filter. */
  readonly where: readonly Sql[];
  /** The database's column of each column of the extract. */
  readonly columns: readonly CatalogColumn[];
}

type Request = Pick<
  AggregateRequest<unknown>,
  'columns' | 'timeColumn' | 'unitColumn' | 'timeZone' | 'aggregations' | 'window'
>;

/** The statement; or in words why there is none that is sure to agree. */
export function pushDownStatement(request: Request, table: PushDownTable): PushDownStatement | string {
  const { grammar, from } = table;
  const pairs = request.columns.map((spec, index) => ({ spec, column: table.columns[index] }));
  const find = (name: string): { readonly spec: ColumnSpec; readonly column: CatalogColumn } => {
    const found = pairs.find(({ spec }) => spec.name === name);
    if (found?.column === undefined) throw new RangeError(`the extract has no column "${name}"`);
    return { spec: found.spec, column: found.column };
  };
  const uses = columnUses(request.aggregations);
  if (uses === undefined) return 'one of the aggregations needs the rows themselves';
  for (const condition of uses.conditions) {
    const { spec, column } = find(condition.column);
    const misfit = conditionMisfit(condition, spec, column, grammar);
    if (misfit !== undefined) return misfit;
  }
  for (const name of uses.summed) {
    const { type } = find(name).spec;
    if (type !== 'decimal' && type !== 'integer') return `column "${name}" is ${type} and has no sum`;
  }

  const select = createSelectList(grammar);
  const time = find(request.timeColumn);
  const { shown, grouped } = daySql(time.column, grammar);
  const day = select.text(shown);
  const unitIn = request.unitColumn === undefined ? undefined : find(request.unitColumn);
  const unitBy = unitIn === undefined ? undefined : unitSql(unitIn.spec, unitIn.column, grammar);
  if (typeof unitBy === 'string') return unitBy;
  const unit = unitBy === undefined ? undefined : select.text(unitBy.shown);
  const rows = select.count(undefined);
  const suspicions: {
    readonly count: (row: AnswerRow) => number;
    readonly reason: string;
    readonly always: boolean;
  }[] = [];
  const suspect = (condition: Sql, reason: string, always: boolean): void => {
    suspicions.push({ count: select.count(condition), reason, always });
  };
  const compared = new Set(uses.conditions.flatMap(({ column, value }) => (value === null ? [] : [column])));
  // Units are compared with each other.
  if (request.unitColumn !== undefined) compared.add(request.unitColumn);
  for (const { name } of request.columns) {
    const { spec, column } = find(name);
    const isTime = name === request.timeColumn;
    const context = { grammar, timeZone: request.timeZone, isTime, isSummed: uses.summed.has(name) };
    const fitness = columnFitness(spec, column, { ...context, isCompared: compared.has(name) });
    if (!fitness.fits) return fitness.reason;
    for (const { condition, reason, always } of fitness.suspicions) suspect(condition, reason, always ?? isTime);
  }
  for (const { condition, reason } of unitBy?.suspicions ?? []) suspect(condition, reason, false);
  const gaps = gapCondition(time.spec, time.column, request, grammar);
  if (gaps !== undefined)
    suspect(gaps, `times of "${time.spec.name}" are skipped by the clocks of ${time.spec.timeZone}`, true);

  const columns: ColumnSql = {
    column: (name) => identifier(find(name).column.name, grammar),
    filter: (filter) =>
      filterSql(filter, (condition) => conditionSql(condition, find(condition.column).column, grammar)),
  };
  const parts = request.aggregations.map((aggregation) => selectPart(aggregation, select, columns));
  const readers = parts.filter((part) => part !== undefined);
  if (readers.length < parts.length) return 'one of the aggregations needs the rows themselves';
  if (select.expressions.length > MAX_EXPRESSIONS) return 'there are too many aggregations for one statement';

  const readAs = time.spec.type === 'datetime' ? 'datetime' : 'date';
  const groups = unitBy === undefined ? grouped : join([grouped, unitBy.grouped], ', ');
  const where = join([...table.where, withinWindow(time.column, readAs, request.window, grammar)], ' AND ');
  return {
    sql: sql`SELECT ${join(select.expressions, ', ')} FROM ${from} WHERE ${where} GROUP BY ${groups}`,
    day,
    ...(unit === undefined ? {} : { unit }),
    rows,
    suspicionIn: (row, inWindow) =>
      suspicions.find(({ always, count }) => (always || inWindow) && count(row) > 0)?.reason,
    parts: readers,
  };
}

/** A day's clocks are looked at as far as rows are read, so that what could not be placed is seen as it is by a read. */
function gapCondition(spec: ColumnSpec, column: CatalogColumn, request: Request, grammar: SqlGrammar): Sql | undefined {
  if (spec.type !== 'datetime' || column.kind === 'instant') return undefined;
  return inGap(identifier(column.name, grammar), zoneGaps(widened(request.window), spec.timeZone));
}

/** Whether a day lies in a window. */
export function isWithin(date: CalendarDate, window: Request['window']): boolean {
  return date >= window.start && date < window.end;
}
