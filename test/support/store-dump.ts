import Database from 'better-sqlite3';

/** Columns that hold the clock or a place on this machine; all else must be equal in equal stores. */
const CLOCK: ReadonlySet<string> = new Set([
  'started_at',
  'finished_at',
  'pulled_at',
  'recorded_at',
  'scored_at',
  'created_at',
  'applied_at',
  'next_attempt_at',
  'sent_at',
  'requested_at',
]);

/** Tables of bookkeeping that say nothing about the numbers. */
const LEFT_OUT: ReadonlySet<string> = new Set(['store_lock', 'schema_migration', 'pipeline_progress']);

export type Dump = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** Every row of every table of a SQLite store, without the clock, in an order of content. */
export function dumpStore(file: string, alsoWithout: readonly string[] = []): Dump {
  const db = new Database(file, { readonly: true });
  try {
    const tables = db.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all();
    return Object.fromEntries(
      tables
        .filter((table): table is string => typeof table === 'string' && !LEFT_OUT.has(table))
        .map((table) => [table, rowsOf(db, table, alsoWithout)]),
    );
  } finally {
    db.close();
  }
}

function rowsOf(db: Database.Database, table: string, alsoWithout: readonly string[]): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (const row of db.prepare(`select * from "${table}"`).iterate()) {
    if (typeof row !== 'object' || row === null) continue;
    const kept = Object.entries(row).filter(
      ([column]) => !CLOCK.has(column) && !alsoWithout.includes(`${table}.${column}`),
    );
    rows.push(Object.fromEntries(kept));
  }
  return rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
