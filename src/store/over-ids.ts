import type { Knex } from 'knex';

/** Ids named in one condition: so many that statements hardly count, so few that an answer does not fill the memory. */
const MOST_IDS = 2_000;

/** The condition that a column holds one of the ids. */
export type Among = (column: string) => Knex.Raw;

/**
 * Runs a query over a long list of ids, a part of the list at a time; of an id named twice, once. The answers are put one
 * behind the other.
 *
 * SQLite takes a part as one JSON array, so that the statement is the same for each length of it, and short.
 */
export async function overIds<T>(
  db: Knex,
  ids: readonly string[],
  query: (among: Among, part: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const unique = [...new Set(ids)];
  const found: T[] = [];
  for (let start = 0; start < unique.length; start += MOST_IDS) {
    const part = unique.slice(start, start + MOST_IDS);
    const among = amongThese(db, part);
    // Not spread into `push`: a call takes no more than some hundred thousand arguments.
    for (const row of await query(among, part)) found.push(row);
  }
  return found;
}

/** Whether the connection is to SQLite: there a list goes as one JSON array. */
export function isSqlite(db: Knex): boolean {
  return db.client.driverName === 'better-sqlite3';
}

function amongThese(db: Knex, ids: readonly string[]): Among {
  if (isSqlite(db)) {
    const list = JSON.stringify(ids);
    return (column) => db.raw('?? in (select value from json_each(?))', [column, list]);
  }
  const condition = `?? in (${ids.map(() => '?').join(', ')})`;
  return (column) => db.raw(condition, [column, ...ids]);
}
