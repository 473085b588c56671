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
 * @param rows values in the order of the statement's placeholders
 */
export async function runForEach(trx: Knex.Transaction, sql: string, rows: readonly (readonly Value[])[]) {
  const connection: SqliteConnection = await trx.client.acquireConnection();
  const statement = connection.prepare(sql);
  for (let start = 0; start < rows.length; start += ROWS_IN_ONE_GO) {
    if (start > 0) await breath();
    // knex looks after this for what goes through it: a late row must not end up in the transaction of somebody else.
    if (trx.isCompleted()) throw new Error('the transaction has ended');
    for (const row of rows.slice(start, start + ROWS_IN_ONE_GO)) statement.run(row);
  }
}
