import type { Knex } from 'knex';

/** Rows of one statement. SQLite takes at most 500 rows of a multi-row insert. */
const MOST_ROWS = 100;
/** Values bound in one statement: below SQLite's 32,766. */
const MOST_VALUES = 30_000;
/** Ids named in one condition. */
const MOST_IDS = 500;

type Row = Readonly<Record<string, string | number | null>>;

/** Inserts rows; a key that is taken is the driver's error. All rows must have the same columns. */
export async function insertRows(db: Knex, table: string, rows: readonly Row[]): Promise<void> {
  for (const part of statementsOf(rows)) await db(table).insert(part);
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
  rows: readonly Row[],
): Promise<void> {
  for (const part of statementsOf(rows))
    await db(table)
      .insert(part)
      .onConflict([...key])
      .merge(key.slice(0, 1));
}

/** Inserts rows, or replaces the other columns where the key is taken. */
export async function replaceRows(
  db: Knex,
  table: string,
  key: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  for (const part of statementsOf(rows))
    await db(table)
      .insert(part)
      .onConflict([...key])
      .merge();
}

/** Runs a query over a long list of ids, a part of the list at a time. */
export async function overIds<T>(
  ids: readonly string[],
  query: (part: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (const part of chunks([...new Set(ids)], MOST_IDS)) found.push(...(await query(part)));
  return found;
}

function statementsOf(rows: readonly Row[]): Row[][] {
  const width = Object.keys(rows[0] ?? {}).length;
  return chunks(rows, Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / Math.max(1, width)))));
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}
