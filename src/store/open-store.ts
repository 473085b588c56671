import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { knexConfig } from './connection.js';
import { migrate, pendingMigrations } from './migrations/migrate.js';
import { claimMessage, dueMessages, undelivered } from './outbox.js';
import { outboxChanges } from './outbox-changes.js';
import { claimWithin, heldInThread, holdMessage, summarise } from './outbox-holds.js';
import { tellTogether } from './outbox-together.js';
import { readModels } from './read-models/read-models.js';
import { storeReader } from './reader.js';
import type { RunOn } from './run-on.js';
import { storeError, toStoreError } from './store-errors.js';
import type { Outbox, ReportingStore, StoreLocation } from './types.js';
import { untilFree } from './until-free.js';
import { storeWriter } from './writer.js';

/**
 * Opens the reporting store of a site. Nothing is connected before the first use, and nothing is migrated before
 * `migrate()`: until then every use of a store that is missing or behind is a `config` error, STORE_NOT_READY.
 */
export async function openStore(location: StoreLocation): Promise<ReportingStore> {
  // Here and not at the top: a command that needs no store must not pay for loading it.
  const { default: knex } = await import('knex');
  const db = knex(knexConfig(location));
  const inTransaction = new AsyncLocalStorage<true>();
  let ready = false;

  /** Errors of the driver as errors of the store. */
  const cast = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toStoreError(error, location);
    }
  };

  const assertReady = async (): Promise<void> => {
    if (ready) return;
    // SQLite would make an empty file.
    if (location.client === 'sqlite' && !existsSync(location.file)) throw storeError('not_ready', location);
    const pending = await untilFree(() => pendingMigrations(db));
    if (pending.length > 0) throw storeError('not_ready', location);
    ready = true;
  };

  const read: RunOn = (work) => {
    assertOutside(inTransaction);
    return cast(async () => {
      await assertReady();
      return untilFree(() => work(db));
    });
  };

  const transaction = <T>(work: (run: RunOn) => Promise<T>): Promise<T> => {
    assertOutside(inTransaction);
    return cast(assertReady).then(() => untilFree(() => attempt(work)));
  };

  const attempt = async <T>(work: (run: RunOn) => Promise<T>): Promise<T> => {
    let thrownByWork: { readonly error: unknown } | undefined;
    try {
      return await db.transaction(async (trx) => {
        // SQLite takes its write lock here. A transaction that read first could not go on to write once another
        // process has written (SQLITE_BUSY_SNAPSHOT), however long it waited. An update takes it though it finds no row.
        if (location.client === 'sqlite') await trx('store_lock').where('id', 0).update({ turn: 0 });
        try {
          return await inTransaction.run(true, () => work((statements) => cast(() => statements(trx))));
        } catch (error) {
          thrownByWork = { error };
          throw error;
        }
      });
    } catch (error) {
      if (thrownByWork === undefined) throw toStoreError(error, location);
      throw thrownByWork.error;
    }
  };

  const outbox: Outbox = {
    due: (now, limit, except) => read((reader) => dueMessages(reader, now, limit, except)),
    claim: (message, until) => transaction((run) => run((trx) => claimMessage(trx, message, until))),
    hold: (message, until) => transaction((run) => run((trx) => holdMessage(trx, message, until, 'hours'))),
    claimWithin: (message, until, maximum) =>
      transaction((run) => run((trx) => claimWithin(trx, message, until, maximum))),
    heldInThread: (of) => read((reader) => heldInThread(reader, of)),
    summarise: (claimed, until, now, compose) =>
      transaction((run) => run((trx) => summarise(trx, claimed, until, now, compose))),
    tellTogether: (claimed, telling) => transaction((run) => run((trx) => tellTogether(trx, claimed, telling))),
    undelivered: () => read(undelivered),
    ...outboxChanges((work) => transaction((run) => run(work))),
  };

  return {
    read: storeReader(read),
    outbox,
    models: readModels(read),
    write: (work) => transaction((run) => work(storeWriter(run), storeReader(run))),
    migrate: () =>
      cast(async () => {
        if (location.client === 'sqlite') await mkdir(dirname(location.file), { recursive: true, mode: 0o700 });
        await untilFree(() => migrate(db, location));
      }),
    close: () => db.destroy(),
  };
}

/**
 * Inside `write` everything goes through what `write` hands over. On SQLite anything else would wait for the one
 * connection, which the transaction holds; on MySQL it would not see what the transaction wrote.
 */
function assertOutside(inTransaction: AsyncLocalStorage<true>): void {
  if (inTransaction.getStore() === undefined) return;
  throw new PlumblineError(
    'defect',
    'BUG_STORE_USED_INSIDE_WRITE',
    'Using the store inside `write`: use the writer and the reader that `write` hands to its work.',
  );
}
