import { createBatchBuilder } from '#connectors/sdk/batch-builder.js';
import { locateColumns } from '#connectors/sdk/columns.js';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import { shortened } from '#connectors/sdk/raw-text.js';
import type { SlicedRows } from '#connectors/sdk/sliced-rows.js';
import type { Batch, RawCell, ReadRequest, ReadSummary } from '#connectors/sdk/types.js';
import { counted } from './counted.js';
import type { Dialect, LocateColumns, ResultRow, UnreadableValue } from './dialects/dialect.js';
import { INITIAL_SINCE } from './extract-options.js';
import { type BoundQuery, bindParameters } from './named-parameters.js';
import type { DatabaseExtract } from './options.js';
import { assertQuery } from './query-guard.js';
import { createRowDigest } from './row-digest.js';
import { cellsOf, type KeyColumn, placeOf, readableKey, withoutKey } from './row-places.js';
import { everyColumn } from './sql/ask.js';
import { describeTable } from './sql/catalog.js';
import { boundQuery } from './sql/statement.js';
import { columnsNamed, tableQuery } from './sql/table-query.js';
import { prepareWatermark } from './watermark.js';
import { type AskedTable, whatIsRead } from './what-is-read.js';

/** A statement that gives the rows of an extract. */
interface Reading {
  readonly query: BoundQuery;
  readonly locate: LocateColumns;
  /** What places of rows begin with. */
  readonly name: string;
  /** What rows are told by, where they have a key. */
  readonly key: readonly KeyColumn[];
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
    const { query, name, key } = reading;
    const watermark = await prepareWatermark(dialect, request.options, guard);

    const digest = createRowDigest();
    let rows = 0;
    const stream = dialect.streamSliced ?? dialect.stream;
    for await (const chunk of stream(query, reading.locate, guard, watermark?.first)) {
      guard.addRows(chunk.length);
      const earlier = rows;
      const place = (row: number): string => placeOf(name, key, earlier + row + 1, cellsOf(chunk, row));
      rows += chunk.length;
      if (isSlicedChunk(chunk)) {
        digest.addSliced(chunk);
        if (chunk.length > 0) yield slicedBatch(withoutKey(chunk, columns.length), place);
      } else {
        digest.addRows(chunk);
        const batch = batchOf(chunk, columns, place);
        if (batch !== undefined) yield batch;
      }
      guard.checkpoint();
    }
    const standing = watermark?.value();
    return {
      digest: digest.finish(JSON.stringify([query.sql, query.values, columns])),
      description: [...reading.description, counted(rows, 'row')],
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
    key: [],
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
  const wanted = columnsNamed(columns, asked, catalog, dialect);
  const key = readableKey(catalog, dialect.grammar);
  const selected = [...wanted, ...key.filter((column) => !wanted.includes(column))];
  const names = selected.map((column) => column.name);
  const query = boundQuery(tableQuery(asked, names, time, window, catalog, dialect), dialect.grammar);
  return {
    query,
    name: asked.name,
    key: key.map((column) => ({ name: column.name, index: selected.indexOf(column) })),
    // They were selected one by one, in the order asked for, and the key after them.
    locate: (present) => everyColumn(present).slice(0, selected.length),
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

/** Rows that have a text in every column asked for, and rejects of the others. */
function batchOf(chunk: readonly ResultRow[], columns: readonly string[], place: Batch['locate']): Batch | undefined {
  const batches = createBatchBuilder(place);
  for (const [index, row] of chunk.entries()) {
    const asked = row.length === columns.length ? row : row.slice(0, columns.length);
    const unreadable = asked.findIndex(isUnreadable);
    if (unreadable === -1) batches.addRow(asked.filter(isReadable), index);
    else batches.addReject(unreadableCell(asked, unreadable, columns[unreadable] ?? '', place(index)));
  }
  return batches.take();
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
