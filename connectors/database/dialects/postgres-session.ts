import type pg from 'pg';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import { castPostgresError } from '../errors.js';
import { abortable } from './abortable.js';
import { lockWaitMs } from './lock-wait.js';
import type { PostgresServer } from './postgres-connection.js';

/** How long after the end of a read's time the server still keeps a transaction whose reader went silent. */
const SILENCE_MS = 60_000;

/** Every value as the text the server sends. */
export const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (text: unknown) => text };

/** What a transaction of a read knows of its database. */
export interface Session {
  readonly client: pg.PoolClient;
  /** Whether the database knows the encoding of its texts. */
  readonly isEncoded: boolean;
}

/**
 * Gives `work` a session in a read-only transaction; its connection is given back, or dropped when `work` did not come
 * to its end.
 */
export async function* inReadOnlyTransaction<T>(
  server: PostgresServer,
  place: string,
  guard: ReadGuard,
  work: (session: Session) => AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  const client = await acquire(server, place, guard);
  // What goes wrong is told by what is being waited for; unheard, the event would end the process.
  const ignore = (): void => {};
  client.on('error', ignore);
  let isClean = false;
  try {
    yield* work(await abortable(begin(client, guard.remainingMs()), guard));
    await abortable(client.query('ROLLBACK'), guard);
    isClean = true;
  } catch (error) {
    throw guard.stopped() ?? castPostgresError(error, place);
  } finally {
    if (isClean) {
      client.off('error', ignore);
      client.release();
    } else {
      await server.abandon(client);
    }
  }
}

async function acquire({ pool }: PostgresServer, place: string, guard: ReadGuard): Promise<pg.PoolClient> {
  const acquiring = pool.connect();
  try {
    return await abortable(acquiring, guard);
  } catch (error) {
    // Given up before it came: it goes back as soon as it does, and its failure is told already.
    acquiring.then(
      (client) => client.release(),
      () => {},
    );
    throw guard.stopped() ?? castPostgresError(error, place);
  }
}

/**
 * Settings hold for the transaction, so a pooler between that hands sessions about keeps none of them. A shorter time
 * limit that the server's administrator gave the account stays in force.
 */
async function begin(client: pg.PoolClient, timeoutMs: number): Promise<Session> {
  await client.query(
    [
      'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
      "SET LOCAL TIME ZONE 'UTC'",
      "SET LOCAL DateStyle = 'ISO, YMD'",
      "SET LOCAL IntervalStyle = 'postgres'",
      "SET LOCAL bytea_output = 'hex'",
      "SET LOCAL client_encoding = 'UTF8'",
      // Above 0: the shortest text that means the same number, or before version 12 all its digits.
      'SET LOCAL extra_float_digits = 3',
      // Otherwise a backslash would mean something else here than in the query's check.
      'SET LOCAL standard_conforming_strings = on',
      `SET LOCAL lock_timeout = ${lockWaitMs(timeoutMs)}`,
      `SET LOCAL idle_in_transaction_session_timeout = ${timeoutMs + SILENCE_MS}`,
    ].join(';'),
  );
  const { rows } = await client.query<unknown[]>({
    text: `select set_config('statement_timeout', least(nullif(setting::bigint, 0), ${timeoutMs})::text, true),
             current_setting('server_encoding')
             from pg_catalog.pg_settings where name = 'statement_timeout'`,
    rowMode: 'array',
    types: AS_TEXT,
  });
  return { client, isEncoded: rows[0]?.[1] !== 'SQL_ASCII' };
}
