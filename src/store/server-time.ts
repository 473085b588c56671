import type { Knex } from 'knex';
import type { Instant } from '#src/domain/period/types.js';
import { isSqlite } from './over-ids.js';
import { plainInstant, storedInstant } from './stored-values.js';

/** What the clock of the database server shows, in UTC whatever its zone; `undefined` of a file, which has no clock. */
export async function serverTime(db: Knex): Promise<Instant | undefined> {
  if (isSqlite(db)) return undefined;
  const [rows] = await db.raw("select date_format(utc_timestamp(3), '%Y-%m-%dT%H:%i:%s.%fZ') as server_time");
  const [{ server_time: time }] = rows;
  return plainInstant(storedInstant(String(time)));
}
