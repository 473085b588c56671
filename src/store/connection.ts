import type { Knex } from 'knex';
import type { StoreLocation } from './types.js';

/** Longest wait for a free connection of the pool, in milliseconds: on SQLite writers of this process queue here. */
const ACQUIRE_TIMEOUT_MS = 120_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** By itself knex prints refused connections on standard output, where `--json` goes; they reach the caller as errors. */
const SILENT = { warn() {}, error() {}, debug() {}, deprecate() {} };

type Ready = (error: Error | undefined, connection: unknown) => void;

/** What knex needs for a place. Nothing is opened before the first statement. */
export function knexConfig(location: StoreLocation): Knex.Config {
  const shared = { acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS, compileSqlOnError: false, log: SILENT };
  return location.client === 'sqlite'
    ? { ...shared, ...sqliteConfig(location.file) }
    : { ...shared, ...mysqlConfig(location) };
}

interface SqliteConnection {
  pragma(text: string): unknown;
}

const SETTINGS = ['busy_timeout = 0', 'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'];
/** Pages kept in memory. SQLite's own 2 MB would be written out many times over while one run stores its scores. */
const CACHE_KIB = 64 * 1024;

/**
 * - WAL, so that readers and the one writer never wait for each other.
 * - FULL: a commit has reached the disk. NORMAL could lose the last commits in a power failure, and with them a run
 *   that Temporal knows as done.
 * - No busy time-out inside SQLite: it waits by blocking the whole process, also the transaction it waits for where
 *   that is of the same process. `untilFree` waits instead.
 */
function sqliteConfig(file: string): Knex.Config {
  const afterCreate = (connection: SqliteConnection, done: Ready): void => {
    try {
      for (const setting of [...SETTINGS, `cache_size = -${CACHE_KIB}`]) {
        connection.pragma(setting);
      }
      done(undefined, connection);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)), connection);
    }
  };
  return {
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: { min: 1, max: 1, afterCreate },
  };
}

interface MysqlConnection {
  query(sql: string, done: (error: Error | null) => void): void;
}

const MYSQL_SESSION = [
  "set session time_zone = '+00:00'",
  "set session sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  // Two steps that write one key are told apart by the key; the wider locks of REPEATABLE READ would only deadlock.
  'set session transaction isolation level read committed',
];

function mysqlConfig(location: Extract<StoreLocation, { client: 'mysql' }>): Knex.Config {
  const afterCreate = (connection: MysqlConnection, done: Ready): void => {
    const next = (statements: readonly string[]): void => {
      const [first, ...rest] = statements;
      if (first === undefined) done(undefined, connection);
      else connection.query(first, (error) => (error === null ? next(rest) : done(error, connection)));
    };
    next(MYSQL_SESSION);
  };
  const { host, port, database, user, password } = location;
  return {
    client: 'mysql2',
    connection: {
      host,
      port,
      database,
      user,
      password,
      charset: 'utf8mb4',
      // The first alone gives a number or a text depending on size.
      supportBigNumbers: true,
      bigNumberStrings: true,
      dateStrings: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
    },
    pool: { min: 0, max: 5, afterCreate },
  };
}
