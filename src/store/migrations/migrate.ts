import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { type AddedColumn, type AddedIndex, addColumn, addIndex, indexName } from '../schema/create-table.js';
import { storedInstant } from '../stored-values.js';
import type { StoreLocation } from '../types.js';
import { type Migration, migrations } from './migrations.js';

const LEDGER =
  'create table if not exists schema_migration (name varchar(191) not null primary key, applied_at varchar(30) not null)';
const LOCK_WAIT_S = 60;

/**
 * Runs what has not run yet, one migrator at a time, and leaves nothing locked behind if the process dies.
 *
 * On SQLite all of it is one transaction whose first statement takes the write lock. MySQL commits DDL by itself:
 * there a lock that belongs to the session keeps other migrators out, and a migration that was cut off runs again.
 */
export async function migrate(db: Knex, location: StoreLocation): Promise<void> {
  await db.transaction(async (session) => {
    if (location.client === 'sqlite') return runPending(session, location);
    const name = `plumbline-${createHash('sha1').update(location.database).digest('hex')}`;
    const [[answer]] = await session.raw('select get_lock(?, ?) as held', [name, LOCK_WAIT_S]);
    if (Number(answer.held) !== 1) {
      throw Object.assign(new Error('another process is migrating'), { code: 'ER_LOCK_WAIT_TIMEOUT' });
    }
    try {
      await runPending(session, location);
    } finally {
      await session.raw('select release_lock(?)', [name]);
    }
  });
}

/** The migrations that this program knows and the store does not have; undefined where it has no ledger at all. */
export async function pendingMigrations(db: Knex): Promise<readonly Migration[]> {
  const done: { name: string }[] = await db('schema_migration').select('schema_migration.name');
  const names = new Set(done.map((row) => row.name));
  return migrations.filter((migration) => !names.has(migration.name));
}

async function runPending(session: Knex, location: StoreLocation): Promise<void> {
  await session.raw(LEDGER);
  // Deletes nothing, but SQLite takes its write lock for it; where the ledger was there already, nothing else has.
  await session('schema_migration').where('name', '').delete();
  for (const migration of await pendingMigrations(session)) {
    for (const added of migration.columns ?? []) {
      if (await hasColumn(session, location, added)) continue;
      await session.raw(addColumn(location.client, added));
    }
    for (const added of migration.indexes ?? []) {
      if (await hasIndex(session, location, added)) continue;
      await session.raw(addIndex(added));
    }
    for (const statement of migration.statements(location.client)) await session.raw(statement);
    await session('schema_migration').insert({
      name: migration.name,
      applied_at: storedInstant(new Date().toISOString()),
    });
  }
}

/** SQLite lists computed columns in `table_xinfo` only, where knex does not look. */
async function hasColumn(session: Knex, location: StoreLocation, { table, column }: AddedColumn): Promise<boolean> {
  if (location.client !== 'sqlite') return session.schema.hasColumn(table, column.name);
  const columns: { name: string }[] = await session.raw('select name from pragma_table_xinfo(?)', [table]);
  return columns.some(({ name }) => name === column.name);
}

async function hasIndex(session: Knex, location: StoreLocation, { table, columns }: AddedIndex): Promise<boolean> {
  const name = indexName(table, columns);
  const found =
    location.client === 'sqlite'
      ? session('sqlite_master').where({ type: 'index', name }).first('name')
      : session('information_schema.statistics')
          .where({ table_schema: location.database, table_name: table, index_name: name })
          .first('index_name as name');
  return (await found) !== undefined;
}
