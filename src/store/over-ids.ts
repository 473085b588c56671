import type { Knex } from 'knex';

/** Ids named in one condition on MySQL. */
const MOST_IDS = 2_000;

/** The condition that a column holds one of the ids. */
export type Among = (column: string) => Knex.Raw;

/**
 * Runs a query over a long list of ids; of an id named twice, once.
 *
 * SQLite takes them all at once as one JSON array, which it looks through without a statement being compiled for each
 * length of the list. MySQL gets a part of the list at a time, and the answers are put one behind the other.
 */
export async function overIds<T>(
  db: Knex,
  ids: readonly string[],
  query: (among: Among) => Promise<T[]>,
): Promise<T[]> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return [];
  if (db.client.driverName === 'better-sqlite3') {
    const list = JSON.stringify(unique);
    return query((column) => db.raw('?? in (select value from json_each(?))', [column, list]));
  }
  const found: T[] = [];
  for (let start = 0; start < unique.length; start += MOST_IDS) {
    const part = unique.slice(start, start + MOST_IDS);
    const condition = `?? in (${part.map(() => '?').join(', ')})`;
    // Not spread into `push`: a call takes no more than some hundred thousand arguments.
    for (const row of await query((column) => db.raw(condition, [column, ...part]))) found.push(row);
  }
  return found;
}
