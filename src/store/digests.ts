import type { Knex } from 'knex';
import type { Instant } from '#src/domain/period/types.js';
import { replaceRows } from './bulk-rows.js';
import { columnsOf, plainInstant, storedInstant } from './stored-values.js';
import type { DigestRecord } from './types.js';

interface DigestRow {
  readonly person_id: string;
  readonly digest_at: string;
}

/** The nominal time of the last digest, by person. */
export async function lastDigests(db: Knex): Promise<ReadonlyMap<string, Instant>> {
  const rows: DigestRow[] = await db('digest').select(columnsOf('digest', ['person_id', 'digest_at']));
  return new Map(rows.map((row) => [row.person_id, plainInstant(row.digest_at)]));
}

/** Replaces what was the last one of these people. */
export async function saveDigests(db: Knex, digests: readonly DigestRecord[]): Promise<void> {
  const rows = digests.map(
    ({ person, at }) => ({ person_id: person, digest_at: storedInstant(at) }) satisfies DigestRow,
  );
  await replaceRows(db, 'digest', ['person_id'], rows);
}
