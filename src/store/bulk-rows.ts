import type { Knex } from 'knex';
import { runForEach, takesPreparedRows } from './prepared-rows.js';

/** Rows of one statement, where it is not prepared. SQLite takes at most 500 rows of a multi-row insert. */
const MOST_ROWS = 100;
/** Values bound in one statement: below SQLite's 32,766. */
const MOST_VALUES = 30_000;

type Row = Readonly<Record<string, string | number | null>>;

/** What becomes of a row whose key is taken. */
type OnConflict = 'fail' | 'leave' | 'replace';

/** Inserts rows; a key that is taken is the driver's error. All rows must have the same columns. */
export async function insertRows(db: Knex, table: string, rows: Iterable<Row>): Promise<void> {
  await writeRows(db, table, [], rows, 'fail');
}

/**
 * Inserts the rows whose key is new and leaves the others as they are.
 *
 * Not by `insert ignore`: on MySQL that also turns every other error into a warning and stores a cut-off text. The
 * conflict sets a key column to what it is.
 */
export async function insertNewRows(
  db: Knex,
  table: string,
  key: readonly string[],
  rows: Iterable<Row>,
): Promise<void> {
  await writeRows(db, table, key, rows, 'leave');
}

/** Inserts rows, or replaces the other columns where the key is taken. */
export async function replaceRows(db: Knex, table: string, key: readonly string[], rows: Iterable<Row>): Promise<void> {
  await writeRows(db, table, key, rows, 'replace');
}

async function writeRows(
  db: Knex,
  table: string,
  key: readonly string[],
  rows: Iterable<Row>,
  onConflict: OnConflict,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  if (takesPreparedRows(db)) {
    await runForEach(db, insertText(table, columns, key, onConflict), valuesOf(rows, columns));
    return;
  }
  for (const part of chunks(rows, Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / columns.length))))) {
    const insert = db(table).insert(part);
    if (onConflict === 'fail') await insert;
    else if (onConflict === 'leave') await insert.onConflict([...key]).merge(key.slice(0, 1));
    else await insert.onConflict([...key]).merge();
  }
}

/**
 * Rows that are made one at a time, when their turn comes: of a hundred thousand, each is forgotten before the next. May
 * be gone through more than once.
 */
export function rowsOf<T>(items: Iterable<T>, toRow: (item: T) => Row): Iterable<Row> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield toRow(item);
    },
  };
}

function* valuesOf(rows: Iterable<Row>, columns: readonly string[]): Generator<Row[string][]> {
  for (const row of rows) yield columns.map((column) => row[column] ?? null);
}

/** The same for one row, in the words of SQLite. */
function insertText(table: string, columns: readonly string[], key: readonly string[], onConflict: OnConflict): string {
  const names = (of: readonly string[]): string => of.map((name) => `"${name}"`).join(', ');
  const insert = `insert into "${table}" (${names(columns)}) values (${columns.map(() => '?').join(', ')})`;
  if (onConflict === 'fail') return insert;
  const others = columns.filter((column) => !key.includes(column));
  if (onConflict === 'leave' || others.length === 0) return `${insert} on conflict (${names(key)}) do nothing`;
  const replaced = others.map((column) => `"${column}" = excluded."${column}"`).join(', ');
  return `${insert} on conflict (${names(key)}) do update set ${replaced}`;
}

function* chunks<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let part: T[] = [];
  for (const item of items) {
    if (part.push(item) < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
