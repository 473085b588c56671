import { createBatchBuilder } from '#connectors/sdk/batch-builder.js';
import { locateColumns } from '#connectors/sdk/columns.js';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { guardRead } from '#connectors/sdk/limits.js';
import { shortened } from '#connectors/sdk/raw-text.js';
import type { Batch, OpenContext, RawCell, ReadRequest, ReadSummary, Source } from '#connectors/sdk/types.js';
import type { Dialect, ResultRow, UnreadableValue } from './dialects/dialect.js';
import { type BoundQuery, bindParameters } from './named-parameters.js';
import type { DatabaseConnection, DatabaseExtract } from './options.js';
import { assertQuery } from './query-guard.js';

/** Opens the dialect a connection names; the driver of no other one is loaded. */
export async function openDatabaseSource(
  connection: DatabaseConnection,
  context: OpenContext,
): Promise<Source<DatabaseExtract>> {
  const dialect = await openDialect(connection, context);
  return {
    check: (signal) => dialect.check(signal),
    read: (request) => readQuery(dialect, request),
    close: () => dialect.close(),
  };
}

async function openDialect(connection: DatabaseConnection, context: OpenContext): Promise<Dialect> {
  switch (connection.client) {
    case 'sqlite': {
      const { openSqlite } = await import('./dialects/sqlite.js');
      return openSqlite(connection, context.baseDirectory);
    }
    case 'mysql': {
      const { openMysql } = await import('./dialects/mysql.js');
      return openMysql(connection, context.baseDirectory);
    }
  }
}

async function* readQuery(
  dialect: Dialect,
  request: ReadRequest<DatabaseExtract>,
): AsyncGenerator<Batch, ReadSummary, void> {
  const { columns, window } = request;
  const sql = request.options.query;
  const hash = sha256Hex(sql);
  const name = `query ${hash.slice(0, 6)}`;
  const guard = guardRead(`extract "${request.extract}"`, request.limits, request.signal);
  try {
    guard.checkpoint();
    assertQuery(sql, dialect.grammar);
    const query = bindParameters(sql, dialect.grammar, { period_start: window.start, period_end: window.end });
    const place = `the result of ${name} on ${dialect.place}`;
    const locate = (present: readonly string[]): number[] =>
      locateColumns(columns, present, place, 'ignore-case-if-unique');

    const batches = createBatchBuilder((ordinal) => `${name} row ${ordinal}`);
    let rows = 0;
    for await (const chunk of dialect.stream(query, locate, guard)) {
      guard.addRows(chunk.length);
      for (const row of chunk) {
        rows += 1;
        const unreadable = row.findIndex(isUnreadable);
        if (unreadable === -1) batches.addRow(row.filter(isReadable), rows);
        else batches.addReject(unreadableCell(row, unreadable, columns[unreadable] ?? '', `${name} row ${rows}`));
      }
      const batch = batches.take();
      if (batch !== undefined) yield batch;
      guard.checkpoint();
    }
    return {
      digest: sha256Hex(JSON.stringify([sql, query.values, columns])),
      description: describe(sql, hash, query, rows),
    };
  } finally {
    guard.close();
  }
}

function isUnreadable(cell: RawCell | UnreadableValue): cell is UnreadableValue {
  return cell !== null && typeof cell === 'object';
}

function isReadable(cell: RawCell | UnreadableValue): cell is RawCell {
  return !isUnreadable(cell);
}

function unreadableCell(row: ResultRow, index: number, column: string, locator: string): Batch['rejects'][number] {
  const cell = row[index] ?? null;
  const what = isUnreadable(cell) ? cell.what : 'a value';
  return {
    locator,
    rule: 'unreadable_value',
    raw: what,
    message: `Column "${column}" holds ${what}, which has no text`,
    remedy: 'Cast it to text or a number in the query, or leave the column out.',
  };
}

function describe(sql: string, hash: string, query: BoundQuery, rows: number): string[] {
  const parameters = Object.entries(query.named).map(([name, value]) => `:${name} = ${value}`);
  return [
    `query sha256 ${hash}`,
    shortened(sql.replace(/\s+/g, ' ').trim(), 500),
    parameters.length === 0 ? 'no parameters' : parameters.join(', '),
    `${rows} rows`,
  ];
}
