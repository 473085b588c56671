import mysql from 'mysql2';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { checkMysql } from '../check.js';
import { castMysqlError, connectionLost } from '../errors.js';
import type { BoundQuery } from '../named-parameters.js';
import type { MysqlConnection } from '../options.js';
import { CHUNK_ROWS, type Dialect, type LocateColumns, type ResultRow } from './dialect.js';
import { cellReader } from './mysql-cells.js';
import { connectionOptions, MAX_CONNECTIONS } from './mysql-connection.js';

/** Longest that stopping a query on the server is waited for, so that an abort ends within a second. */
const KILL_MS = 700;
const CHECK_MS = 15_000;

/** A MySQL or MariaDB server. */
export async function openMysql(connection: MysqlConnection, baseDirectory: string): Promise<Dialect> {
  const options = await connectionOptions(connection, baseDirectory);
  const pool = mysql.createPool({ ...options, connectionLimit: MAX_CONNECTIONS, waitForConnections: true });
  const place = `MySQL database "${connection.database}" on ${connection.host}:${connection.port}`;
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
        return await checkMysql(place, connection.user, (work) => withConnection(pool, options, place, guard, work));
      } finally {
        guard.close();
      }
    },
    stream: (query, locate, guard) => streamRows({ pool, options, place }, query, locate, guard),
    close() {
      closing ??= new Promise((resolve) => pool.end(() => resolve()));
      return closing;
    },
  };
}

interface Server {
  readonly pool: mysql.Pool;
  readonly options: mysql.ConnectionOptions;
  readonly place: string;
}

async function* streamRows(
  { pool, options, place }: Server,
  query: BoundQuery,
  locate: LocateColumns,
  guard: ReadGuard,
): AsyncGenerator<readonly ResultRow[], void, void> {
  const connection = await acquire(pool, place, guard);
  let isClean = false;
  try {
    await abortable(beginReadOnly(connection, guard.remainingMs()), guard);
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
    await abortable(run(connection, 'ROLLBACK'), guard);
    isClean = true;
  } catch (error) {
    throw guard.stopped() ?? castMysqlError(error, place);
  } finally {
    if (isClean) connection.release();
    else await abandon(connection, options);
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

/** Runs a few short statements on a connection of the pool. */
async function withConnection<T>(
  pool: mysql.Pool,
  options: mysql.ConnectionOptions,
  place: string,
  guard: ReadGuard,
  work: (ask: (sql: string) => Promise<readonly (readonly unknown[])[]>) => Promise<T>,
): Promise<T> {
  const connection = await acquire(pool, place, guard);
  let isClean = false;
  try {
    const result = await abortable(
      work((sql) => run(connection, sql)),
      guard,
    );
    isClean = true;
    return result;
  } catch (error) {
    throw guard.stopped() ?? castMysqlError(error, place);
  } finally {
    if (isClean) connection.release();
    else await abandon(connection, options);
  }
}

async function acquire(pool: mysql.Pool, place: string, guard: ReadGuard): Promise<mysql.PoolConnection> {
  const acquiring = new Promise<mysql.PoolConnection>((resolve, reject) => {
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
  });
  try {
    return await abortable(acquiring, guard);
  } catch (error) {
    // Given up before it came: it goes back as soon as it does, and its failure is told already.
    acquiring.then(
      (connection) => connection.release(),
      () => {},
    );
    throw guard.stopped() ?? castMysqlError(error, place);
  }
}

/** Makes a session in which nothing can be written, and which the server itself stops when the time is up. */
async function beginReadOnly(connection: mysql.Connection, timeoutMs: number): Promise<void> {
  const [[version = ''] = []] = await run(connection, 'SELECT VERSION()');
  const timeLimit = /mariadb/i.test(String(version))
    ? `max_statement_time = ${(timeoutMs / 1000).toFixed(3)}`
    : `max_execution_time = ${timeoutMs}`;
  await run(connection, 'SET NAMES utf8mb4');
  // Without backslash escapes a query would mean something else here than in its check.
  const sqlMode = "sql_mode = REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')";
  await run(connection, `SET SESSION time_zone = '+00:00', ${sqlMode}, ${timeLimit}`);
  await run(connection, 'SET SESSION TRANSACTION READ ONLY');
  await run(connection, 'START TRANSACTION READ ONLY');
}

function run(connection: mysql.Connection, sql: string): Promise<readonly (readonly unknown[])[]> {
  return new Promise((resolve, reject) => {
    connection.query<mysql.RowDataPacket[][]>({ sql, rowsAsArray: true }, (error, rows) => {
      if (error) reject(error);
      else resolve(Array.isArray(rows) ? rows : []);
    });
  });
}

/** The promise, or the guard's failure as soon as it stops. */
async function abortable<T>(promise: Promise<T>, guard: ReadGuard): Promise<T> {
  guard.checkpoint();
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () =>
      reject(guard.stopped() ?? new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', 'The read was cancelled'));
    guard.signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    if (stop !== undefined) guard.signal.removeEventListener('abort', stop);
  }
}

/**
 * Drops a connection in the middle of something, and has the server stop what it may still be doing for it: a closed
 * socket alone is noticed only when the server next writes.
 */
async function abandon(connection: mysql.PoolConnection, options: mysql.ConnectionOptions): Promise<void> {
  const { threadId } = connection;
  connection.destroy();
  if (typeof threadId !== 'number') return;
  const killer = mysql.createConnection({ ...options, connectTimeout: KILL_MS });
  // Best effort: the time limit of the server is the second net. An unknown thread is what is wanted.
  killer.on('error', () => {});
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, KILL_MS);
    killer.query(`KILL QUERY ${threadId}`, () => {
      clearTimeout(timer);
      resolve();
    });
  });
  killer.destroy();
}
