import mysql from 'mysql2';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import { castMysqlError } from '../errors.js';
import { abortable } from './abortable.js';
import { lockWaitMs } from './lock-wait.js';

/** Longest that stopping a query on the server is waited for, so that an abort ends within a second. */
const KILL_MS = 700;

export interface MysqlServer {
  readonly pool: mysql.Pool;
  readonly options: mysql.ConnectionOptions;
  readonly place: string;
}

/** Runs a few short statements on a connection of the pool. */
export async function withConnection<T>(
  server: MysqlServer,
  guard: ReadGuard,
  work: (ask: (sql: string) => Promise<readonly (readonly unknown[])[]>) => Promise<T>,
): Promise<T> {
  const connection = await acquire(server, guard);
  let isClean = false;
  try {
    const result = await abortable(
      work((sql) => run(connection, sql)),
      guard,
    );
    isClean = true;
    return result;
  } catch (error) {
    throw guard.stopped() ?? castMysqlError(error, server.place);
  } finally {
    if (isClean) connection.release();
    else await abandon(connection, server);
  }
}

export async function acquire({ pool, place }: MysqlServer, guard: ReadGuard): Promise<mysql.PoolConnection> {
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
export async function beginReadOnly(connection: mysql.Connection, timeoutMs: number): Promise<void> {
  const [[version = ''] = []] = await run(connection, 'SELECT VERSION()');
  const timeLimit = /mariadb/i.test(String(version))
    ? `max_statement_time = ${(timeoutMs / 1000).toFixed(3)}`
    : `max_execution_time = ${timeoutMs}`;
  await run(connection, 'SET NAMES utf8mb4');
  // Without backslash escapes a query would mean something else here than in its check.
  const sqlMode = "sql_mode = REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')";
  // In seconds; the server's own waits for a day by default.
  const lockSeconds = Math.ceil(lockWaitMs(timeoutMs) / 1000);
  const locks = `lock_wait_timeout = ${lockSeconds}, innodb_lock_wait_timeout = ${lockSeconds}`;
  await run(connection, `SET SESSION time_zone = '+00:00', ${sqlMode}, ${timeLimit}, ${locks}`);
  await run(connection, 'SET SESSION TRANSACTION READ ONLY');
  await run(connection, 'START TRANSACTION READ ONLY');
}

export function run(connection: mysql.Connection, sql: string): Promise<readonly (readonly unknown[])[]> {
  return new Promise((resolve, reject) => {
    connection.query<mysql.RowDataPacket[][]>({ sql, rowsAsArray: true }, (error, rows) => {
      if (error) reject(error);
      else resolve(Array.isArray(rows) ? rows : []);
    });
  });
}

/**
 * Drops a connection in the middle of something, and has the server stop what it may still be doing for it: a closed
 * socket alone is noticed only when the server next writes.
 */
export async function abandon(connection: mysql.PoolConnection, { options }: MysqlServer): Promise<void> {
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
