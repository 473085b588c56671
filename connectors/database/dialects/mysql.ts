import mysql from 'mysql2';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import { checkMysql } from '../check.js';
import { castMysqlError, connectionLost } from '../errors.js';
import type { BoundQuery } from '../named-parameters.js';
import type { MysqlConnection } from '../options.js';
import { abortable } from './abortable.js';
import {
  answerFirst,
  CHUNK_ROWS,
  type Dialect,
  type FirstQuestion,
  type LocateColumns,
  type ResultRow,
} from './dialect.js';
import { cellReader } from './mysql-cells.js';
import { connectionOptions, MAX_CONNECTIONS } from './mysql-connection.js';
import { abandon, acquire, beginReadOnly, type MysqlServer, run, withConnection } from './mysql-session.js';
import { trackedSockets } from './tracked-sockets.js';

const CHECK_MS = 15_000;

/** A MySQL or MariaDB server. */
export async function openMysql(connection: MysqlConnection, baseDirectory: string): Promise<Dialect> {
  const sockets = trackedSockets();
  const options = await connectionOptions(connection, baseDirectory, sockets);
  const pool = mysql.createPool({ ...options, connectionLimit: MAX_CONNECTIONS, waitForConnections: true });
  const place = `MySQL database "${connection.database}" on ${connection.host}:${connection.port}`;
  const server: MysqlServer = { pool, options, place };
  let closing: Promise<void> | undefined;
  return {
    grammar: 'mysql',
    place,
    async check(signal) {
      const guard = guardRead(
        `the check of ${place}`,
        { maxRows: 1000, maxBytes: 1_000_000, timeoutMs: CHECK_MS },
        signal,
      );
      try {
        return await checkMysql(place, connection.user, (work) => withConnection(server, guard, work));
      } finally {
        guard.close();
      }
    },
    stream: (query, locate, guard, first) => streamRows(server, query, locate, guard, first),
    close() {
      closing ??= sockets.closeAfter(new Promise<void>((resolve) => pool.end(() => resolve())));
      return closing;
    },
  };
}

async function* streamRows(
  server: MysqlServer,
  query: BoundQuery,
  locate: LocateColumns,
  guard: ReadGuard,
  first?: FirstQuestion,
): AsyncGenerator<readonly ResultRow[], void, void> {
  const { place } = server;
  const connection = await acquire(server, guard);
  let isClean = false;
  try {
    await abortable(beginReadOnly(connection, guard.remainingMs()), guard);
    if (first !== undefined) {
      await answerFirst(first, statementRows(connection, place, first.query, first.locate, guard));
    }
    yield* statementRows(connection, place, query, locate, guard);
    await abortable(run(connection, 'ROLLBACK'), guard);
    isClean = true;
  } catch (error) {
    throw guard.stopped() ?? castMysqlError(error, place);
  } finally {
    if (isClean) connection.release();
    else await abandon(connection, server);
  }
}

async function* statementRows(
  connection: mysql.PoolConnection,
  place: string,
  query: BoundQuery,
  locate: LocateColumns,
  guard: ReadGuard,
): AsyncGenerator<readonly ResultRow[], void, void> {
  const values = query.values.length === 0 ? {} : { values: [...query.values] };
  const rows = connection
    .query({ sql: query.sql, ...values, rowsAsArray: true, typeCast: false })
    .stream({ highWaterMark: CHUNK_ROWS });
  const onAbort = (): void => void rows.destroy(guard.stopped());
  // A connection that is closed on the other side tells nobody who reads a stream from it (mysql2 #3082).
  const onLost = (error?: Error): void => void rows.destroy(error ?? connectionLost(place));
  guard.signal.addEventListener('abort', onAbort, { once: true });
  connection.once('error', onLost);
  connection.once('end', onLost);
  try {
    yield* chunksOf(rows, locate, guard);
  } finally {
    guard.signal.removeEventListener('abort', onAbort);
    connection.off('error', onLost);
    connection.off('end', onLost);
  }
}

async function* chunksOf(
  rows: NodeJS.ReadableStream,
  locate: LocateColumns,
  guard: ReadGuard,
): AsyncGenerator<readonly ResultRow[], void, void> {
  let fields: readonly mysql.FieldPacket[] | undefined;
  rows.on('fields', (found: readonly mysql.FieldPacket[]) => {
    fields = found;
  });
  // Done here and not in the event, where a throw would end up inside the driver.
  const readers = (): { readonly index: number; readonly read: ReturnType<typeof cellReader> }[] => {
    const present = fields ?? [];
    return locate(present.map((field) => field.name)).map((index) => {
      const field = present[index];
      if (field === undefined) throw new RangeError(`A column was located at ${index} of ${present.length}`);
      return { index, read: cellReader(field) };
    });
  };
  let columns: ReturnType<typeof readers> | undefined;
  let chunk: ResultRow[] = [];
  for await (const row of rows as AsyncIterable<unknown>) {
    columns ??= readers();
    const cells = asCells(row);
    guard.addBytes(cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0));
    chunk.push(columns.map(({ index, read }) => read(cells[index] ?? null)));
    if (chunk.length === CHUNK_ROWS) {
      yield chunk;
      chunk = [];
    }
  }
  guard.checkpoint();
  // An empty result must have the columns too.
  columns ??= readers();
  if (chunk.length > 0) yield chunk;
}

function asCells(row: unknown): readonly (Buffer | null)[] {
  if (Array.isArray(row)) return row;
  throw new TypeError('The driver gave a row that is no array');
}
