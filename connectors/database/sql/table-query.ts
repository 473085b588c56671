import { locateColumns } from '#connectors/sdk/columns.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { conditionsIn } from '#src/domain/measure/filter-leaves.js';
import { parseRowFilter } from '#src/domain/measure/row-filter.js';
import type { Condition, FilterNode } from '#src/domain/measure/types.js';
import type { Dialect } from '../dialects/dialect.js';
import type { AskedTable } from '../what-is-read.js';
import type { CatalogColumn } from './catalog.js';
import { conditionSql } from './condition.js';
import { nodeSql } from './filter-sql.js';
import { literalMisfit } from './literal-fit.js';
import { identifier, tableIdentifier } from './names.js';
import { join, raw, type Sql, sql } from './statement.js';
import { type TimeWindow, withinWindow } from './time-window.js';

/** The column that places a row in time, by the source's name. */
export interface TimeColumn {
  readonly name: string;
  readonly readAs: 'date' | 'datetime';
}

/** The rows of a table: its columns in the order asked for, its own filter, and the window as far as it is known. */
export function tableQuery(
  asked: AskedTable,
  columns: readonly string[],
  time: TimeColumn | undefined,
  window: TimeWindow,
  catalog: readonly CatalogColumn[],
  dialect: Dialect,
): Sql {
  const { grammar } = dialect;
  const selected = columnsNamed(columns, asked, catalog, dialect).map(({ name }) => identifier(name, grammar));
  const [timeColumn] = time === undefined ? [] : columnsNamed([time.name], asked, catalog, dialect);
  const inWindow =
    time === undefined || timeColumn === undefined ? [] : [withinWindow(timeColumn, time.readAs, window, grammar)];
  const where = [...ownFilter(asked, catalog, dialect), ...inWindow];
  const from = sql`FROM ${tableIdentifier(asked.table, grammar)}`;
  const list = selected.length === 0 ? raw('1') : join(selected, ', ');
  return where.length === 0 ? sql`SELECT ${list} ${from}` : sql`SELECT ${list} ${from} WHERE ${join(where, ' AND ')}`;
}

/** Greatest value of a column of a table, over the rows its filter leaves. */
export function maximumQuery(
  asked: AskedTable,
  column: string,
  catalog: readonly CatalogColumn[],
  dialect: Dialect,
): Sql {
  const { grammar } = dialect;
  const [found] = columnsNamed([column], asked, catalog, dialect);
  const where = ownFilter(asked, catalog, dialect);
  const maximum = sql`SELECT MAX(${identifier(found?.name ?? column, grammar)}) FROM ${tableIdentifier(asked.table, grammar)}`;
  return where.length === 0 ? maximum : sql`${maximum} WHERE ${join(where, ' AND ')}`;
}

/** The extract's `where:`, each condition by itself. Read when configuration is checked; its columns are known only here. */
export function ownFilter(asked: AskedTable, catalog: readonly CatalogColumn[], dialect: Dialect): readonly Sql[] {
  if (asked.where === undefined) return [];
  const reading = parseRowFilter(asked.where);
  if (!reading.ok) {
    throw new PlumblineError('config', 'CONFIG_BAD_FILTER', `Reading the filter "${asked.where}": ${reading.message}`, {
      remedy: reading.remedy,
    });
  }
  const conditions = conditionsIn(reading.filter);
  const names = [...new Set(conditions.map(({ column }) => column))];
  const columns = columnsNamed(names, asked, catalog, dialect);
  const byName = new Map(columns.map((column, index) => [names[index] ?? column.name, column]));
  for (const condition of conditions) {
    const column = byName.get(condition.column);
    if (column !== undefined) assertLiteralFits(condition, column, asked, dialect);
  }
  const write = (condition: Condition): Sql => {
    const column = byName.get(condition.column);
    // Found above, or this would have been refused there.
    if (column === undefined) throw new RangeError(`the table has no column "${condition.column}"`);
    return conditionSql(condition, column, dialect.grammar);
  };
  // A comparison by itself is left as it is, so that an index on its column serves it.
  return reading.filter.map((node) => (isComparison(node) ? sql`(${write(node)})` : nodeSql(node, write)));
}

function isComparison(node: FilterNode): node is Condition {
  return 'value' in node;
}

function assertLiteralFits(condition: Condition, column: CatalogColumn, asked: AskedTable, dialect: Dialect): void {
  const expected = literalMisfit(condition, column, dialect.grammar);
  if (expected === undefined) return;
  const { value, literal } = condition;
  const shown = typeof value === 'string' && literal !== 'number' ? `'${value}'` : String(value);
  throw new PlumblineError(
    'config',
    'CONFIG_BAD_FILTER',
    `Reading the filter "${asked.where}" of ${asked.name} in ${dialect.place}: column "${column.name}" is ${column.declared}; ${shown} must be ${expected}`,
    {
      remedy: `Correct "where:" so that "${condition.column}" is compared with what it keeps, or let a query of the extract decide.`,
    },
  );
}

export function columnsNamed(
  names: readonly string[],
  asked: AskedTable,
  catalog: readonly CatalogColumn[],
  dialect: Dialect,
): readonly CatalogColumn[] {
  const present = catalog.map((column) => column.name);
  const place = `${asked.name} in ${dialect.place}`;
  return locateColumns(names, present, place, 'ignore-case-if-unique').flatMap((index) => catalog[index] ?? []);
}
