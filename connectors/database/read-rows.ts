import { createBatchBuilder } from '#connectors/sdk/batch-builder.js';
import { locateColumns } from '#connectors/sdk/columns.js';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import { shortened } from '#connectors/sdk/raw-text.js';
import type { SlicedRows } from '#connectors/sdk/sliced-rows.js';
import type { Batch, RawCell, ReadRequest, ReadSummary } from '#connectors/sdk/types.js';
import type { Dialect, LocateColumns, ResultRow, UnreadableValue } from './dialects/dialect.js';
import { INITIAL_SINCE } from './extract-options.js';
import { type BoundQuery, bindParameters } from './named-parameters.js';
import type { DatabaseExtract } from './options.js';
import { assertQuery } from './query-guard.js';
import { everyColumn } from './sql/ask.js';
import { describeTable } from './sql/catalog.js';
import { boundQuery } from './sql/statement.js';
import { tableQuery } from './sql/table-query.js';
import { prepareWatermark } from './watermark.js';
import { type AskedTable, whatIsRead } from './what-is-read.js';

/** A statement that gives the rows of an extract. */
interface Reading {
  readonly query: BoundQuery;
  readonly locate: LocateColumns;
  /** What places of rows begin with. */
  readonly name: string;
  readonly description: readonly string[];
}

/** Rows of a query or a table to batches and rejects, the same for every dialect. */
export async function* readRows(
  dialect: Dialect,
  request: ReadRequest<DatabaseExtract>,
): AsyncGenerator<Batch, ReadSummary, void> {
  const { columns } = request;
  const guard = guardRead(`extract "${request.extract}"`, request.limits, request.signal);
  try {
    guard.checkpoint();
    const asked = whatIsRead(request.options);
    const reading =
      asked.kind === 'query'
        ? readingOfQuery(dialect, request, asked.query)
        : await readingOfTable(dialect, request, asked, guard);
    const { query, name } = reading;
    const watermark = await prepareWatermark(dialect, request.options, guard);

    const batches = createBatchBuilder((ordinal) => `${name} row ${ordinal}`);
    let rows = 0;
    const stream = dialect.streamSliced ?? dialect.stream;
    for await (const chunk of stream(query, reading.locate, guard, watermark?.first)) {
      guard.addRows(chunk.length);
      if (isSlicedChunk(chunk)) {
        const earlier = rows;
        rows += chunk.length;
        yield slicedBatch(chunk, (index) => `${name} row ${earlier + index + 1}`);
        guard.checkpoint();
        continue;
      }
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
    const standing = watermark?.value();
    return {
      digest: sha256Hex(JSON.stringify([query.sql, query.values, columns])),
      description: [...reading.description, `${rows} rows`],
      ...(standing === undefined ? {} : { watermark: standing }),
    };
  } finally {
    guard.close();
  }
}

function readingOfQuery(dialect: Dialect, request: ReadRequest<DatabaseExtract>, sql: string): Reading {
  const { columns, window, options } = request;
  const hash = sha256Hex(sql);
  const name = `query ${hash.slice(0, 6)}`;
  assertQuery(sql, dialect.grammar);
  const query = bindParameters(sql, dialect.grammar, {
    period_start: window.start,
    period_end: window.end,
    ...(options.watermark === undefined ? {} : { since: request.since ?? options.watermark.initial ?? INITIAL_SINCE }),
  });
  const place = `the result of ${name} on ${dialect.place}`;
  const parameters = Object.entries(query.named).map(([parameter, value]) => `:${parameter} = ${value}`);
  return {
    query,
    name,
    locate: (present) => locateColumns(columns, present, place, 'ignore-case-if-unique'),
    description: [
      `query sha256 ${hash}`,
      shortened(sql.replace(/\s+/g, ' ').trim(), 500),
      parameters.length === 0 ? 'no parameters' : parameters.join(', '),
    ],
  };
}

async function readingOfTable(
  dialect: Dialect,
  request: ReadRequest<DatabaseExtract>,
  asked: AskedTable,
  guard: ReadGuard,
): Promise<Reading> {
  const { columns, window, timeColumn, timeColumnType } = request;
  const catalog = await describeTable(dialect, asked.table, guard);
  const time =
    timeColumn === undefined || timeColumnType === undefined ? undefined : { name: timeColumn, readAs: timeColumnType };
  const query = boundQuery(tableQuery(asked, columns, time, window, catalog, dialect), dialect.grammar);
  return {
    query,
    name: asked.name,
    // They were selected one by one, in the order asked for.
    locate: (present) => everyColumn(present).slice(0, columns.length),
    description: [
      asked.name,
      shortened(query.sql, 500),
      query.values.length === 0 ? 'no values bound' : `bound: ${shortened(query.values.join(', '), 200)}`,
    ],
  };
}

function isSlicedChunk(chunk: SlicedRows | readonly ResultRow[]): chunk is SlicedRows {
  return 'bounds' in chunk;
}

function slicedBatch(rows: SlicedRows, locate: Batch['locate']): Batch {
  return { rows, locate, rejects: [], skipped: {}, seen: rows.length };
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
