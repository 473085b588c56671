import mysql from 'mysql2';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import { checkMysql } from '../check.js';
import { castMysqlError } from '../errors.js';
import type { BoundQuery } from '../named-parameters.js';
import type { MysqlConnection } from '../options.js';
import { abortable } from './abortable.js';
import { answerFirst, type Dialect, type FirstQuestion } from './dialect.js';
import { rowChunks, slicedChunks } from './mysql-chunks.js';
import { connectionOptions, MAX_CONNECTIONS } from './mysql-connection.js';
import { type BeginChunks, statementChunks } from './mysql-rows.js';
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
    stream: (query, locate, guard, first) => readingSession(server, guard, query, rowChunks(locate), first),
    streamSliced: (query, locate, guard, first) => readingSession(server, guard, query, slicedChunks(locate), first),
    close() {
      closing ??= sockets.closeAfter(new Promise<void>((resolve) => pool.end(() => resolve())));
      return closing;
    },
  };
}

/** Reads within a session in which nothing can be written. */
async function* readingSession<Chunk>(
  server: MysqlServer,
  guard: ReadGuard,
  query: BoundQuery,
  begin: BeginChunks<Chunk>,
  first?: FirstQuestion,
): AsyncGenerator<Chunk, void, void> {
  const { place } = server;
  const connection = await acquire(server, guard);
  let isClean = false;
  try {
    await abortable(beginReadOnly(connection, guard.remainingMs()), guard);
    if (first !== undefined) {
      await answerFirst(first, statementChunks(connection, place, first.query, rowChunks(first.locate), guard));
    }
    yield* statementChunks(connection, place, query, begin, guard);
    await abortable(run(connection, 'ROLLBACK'), guard);
    isClean = true;
  } catch (error) {
    throw guard.stopped() ?? castMysqlError(error, place);
  } finally {
    if (isClean) connection.release();
    else await abandon(connection, server);
  }
}
