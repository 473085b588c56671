import { setImmediate as breath } from 'node:timers/promises';
import type { Knex } from 'knex';

type Value = string | number | null;

/** The part of better-sqlite3's connection that is used here. */
interface SqliteConnection {
  prepare(sql: string): { run(values: readonly Value[]): unknown };
}

/** Rows between two breaths: SQLite works in this process, which has heartbeats to send. Some ten milliseconds. */
const ROWS_IN_ONE_GO = 2_000;

/** Whether rows can go through a statement that is prepared once: in a transaction on SQLite. */
export function takesPreparedRows(db: Knex): db is Knex.Transaction {
  return db.client.driverName === 'better-sqlite3' && db.isTransaction === true;
}

/**
 * Runs one statement for each row, prepared once, on the transaction's own connection. knex would compile, prepare and
 * forget a statement for every hundred rows, which takes several times what SQLite does with them.
 *
 * @param rows values in the order of the statement's placeholders; each is asked for when its turn comes
 */
export async function runForEach(trx: Knex.Transaction, sql: string, rows: Iterable<readonly Value[]>): Promise<void> {
  const connection: SqliteConnection = await trx.client.acquireConnection();
  const statement = connection.prepare(sql);
  let count = 0;
  for (const row of rows) {
    if (count % ROWS_IN_ONE_GO === 0) {
      if (count > 0) await breath();
      // knex looks after this for what goes through it: a late row must not end up in the transaction of somebody else.
      if (trx.isCompleted()) throw new Error('the transaction has ended');
    }
    statement.run(row);
    count += 1;
  }
}
