import { locateColumns } from '#connectors/sdk/columns.js';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import type { AggregatedDay, AggregateRequest, PushDownOutcome } from '#connectors/sdk/push-down.js';
import { shortened } from '#connectors/sdk/raw-text.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import { counted } from '../counted.js';
import type { Dialect } from '../dialects/dialect.js';
import type { DatabaseExtract } from '../options.js';
import { ask } from '../sql/ask.js';
import { describeTable } from '../sql/catalog.js';
import { tableIdentifier } from '../sql/names.js';
import { boundQuery } from '../sql/statement.js';
import { ownFilter } from '../sql/table-query.js';
import { whatIsRead } from '../what-is-read.js';
import type { AnswerRow } from './select-list.js';
import { isWithin, type PushDownStatement, pushDownStatement } from './statement.js';

/** Has the database aggregate a table; or says why the rows had better be read. */
export async function aggregateTable(
  dialect: Dialect,
  request: AggregateRequest<DatabaseExtract>,
): Promise<PushDownOutcome> {
  const asked = whatIsRead(request.options);
  if (asked.kind === 'query') return declined('the extract is a query, not a table');
  const guard = guardRead(`extract "${request.extract}"`, request.limits, request.signal);
  try {
    const catalog = await describeTable(dialect, asked.table, guard);
    const { grammar, place } = dialect;
    const names = catalog.map((column) => column.name);
    const sources = request.columns.map((column) => column.sourceName);
    const columns = locateColumns(sources, names, `${asked.name} in ${place}`, 'ignore-case-if-unique').flatMap(
      (index) => catalog[index] ?? [],
    );
    const statement = pushDownStatement(request, {
      grammar,
      from: tableIdentifier(asked.table, grammar),
      where: ownFilter(asked, catalog, dialect),
      columns,
    });
    if (typeof statement === 'string') return declined(statement);
    const query = boundQuery(statement.sql, grammar);
    const rows = await answer(dialect, query, guard);
    if (typeof rows === 'string') return declined(rows);
    const days = daysOf(rows, statement, request);
    if (typeof days === 'string') return declined(days);
    return {
      done: true,
      days,
      digest: sha256Hex(JSON.stringify([query.sql, query.values, days])),
      description: [
        `${asked.name}, aggregated by the database`,
        `statement sha256 ${sha256Hex(query.sql)}`,
        shortened(query.sql, 500),
        `${counted(query.values.length, 'value')} bound`,
        counted(days.length, request.unitColumn === undefined ? 'day' : 'unit-day'),
      ],
    };
  } finally {
    guard.close();
  }
}

type BoundStatement = ReturnType<typeof boundQuery>;

/** A statement the database cannot carry out, such as one of a sum that overflows, is no reason to fail: rows are read. */
async function answer(
  dialect: Dialect,
  query: BoundStatement,
  guard: ReadGuard,
): Promise<readonly AnswerRow[] | string> {
  try {
    const rows = await ask(dialect, query, guard);
    guard.addRows(rows.length);
    return rows;
  } catch (error) {
    if (!(error instanceof PlumblineError) || error.code !== 'SOURCE_QUERY_FAILED') throw error;
    return `the database did not take the statement: ${error.message}`;
  }
}

function daysOf(
  rows: readonly AnswerRow[],
  statement: PushDownStatement,
  { window, columns, unitColumn }: Pick<AggregateRequest<unknown>, 'window' | 'columns' | 'unitColumn'>,
): readonly AggregatedDay[] | string {
  const unitSpec = columns.find(({ name }) => name === unitColumn);
  const typeUnit = unitSpec === undefined ? undefined : createCellReader(unitSpec);
  const days: AggregatedDay[] = [];
  const found = new Set<string>();
  for (const row of rows) {
    const date = statement.day(row);
    if (date === null || !isCalendarDate(date)) return 'some rows have no time, or one that does not exist';
    const inWindow = isWithin(date, window);
    const suspicion = statement.suspicionIn(row, inWindow);
    if (suspicion !== undefined) return `${suspicion} (${date})`;
    if (!inWindow) continue;
    const count = statement.rows(row);
    const day = { date, rows: count, parts: statement.parts.map((read) => read(row, date, count)) };
    if (typeUnit === undefined) {
      days.push(day);
      continue;
    }
    const unit = typeUnit(statement.unit?.(row) ?? null);
    if (!unit.ok || typeof unit.value === 'boolean') return `"${unitColumn}" holds what is rejected here (${date})`;
    const key = JSON.stringify([date, unit.value]);
    // Bytes that are no text of the database's encoding are all read as the same.
    if (found.has(key)) return `"${unitColumn}" holds units that only the database tells apart (${date})`;
    found.add(key);
    days.push({ ...day, unit: unit.value });
  }
  return days.toSorted(byDayAndUnit);
}

/** By day; of one day the blank unit first, then by code units, which is the same order for every database. */
function byDayAndUnit(a: AggregatedDay, b: AggregatedDay): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  if (typeof a.unit !== 'string') return -1;
  if (typeof b.unit !== 'string') return 1;
  return a.unit < b.unit ? -1 : 1;
}

function declined(reason: string): PushDownOutcome {
  return { done: false, reason };
}
