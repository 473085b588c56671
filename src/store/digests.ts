import type { Knex } from 'knex';
import { replaceRows } from './bulk-rows.js';
import { columnsOf, fromJson, plainInstant, storedInstant } from './stored-values.js';
import type { DigestRecord } from './types.js';

interface DigestRow {
  readonly person_id: string;
  readonly digest_at: string;
  readonly told_at: string | null;
  /** JSON list. */
  readonly told: string | null;
}

const COLUMNS = ['person_id', 'digest_at', 'told_at', 'told'] as const satisfies readonly (keyof DigestRow)[];

/** The last digest, by person. */
export async function lastDigests(db: Knex): Promise<ReadonlyMap<string, DigestRecord>> {
  const rows: DigestRow[] = await db('digest').select(columnsOf('digest', COLUMNS));
  return new Map(rows.map((row) => [row.person_id, fromRow(row)]));
}

/** Replaces what was the last one of these people. */
export async function saveDigests(db: Knex, digests: readonly DigestRecord[]): Promise<void> {
  await replaceRows(db, 'digest', ['person_id'], digests.map(toRow));
}

function fromRow({ person_id, digest_at, told_at, told }: DigestRow): DigestRecord {
  return {
    person: person_id,
    at: plainInstant(digest_at),
    ...(told_at === null ? {} : { last: { at: plainInstant(told_at), standing: fromJson<string[]>(told) ?? [] } }),
  };
}

function toRow({ person, at, last }: DigestRecord) {
  return {
    person_id: person,
    digest_at: storedInstant(at),
    told_at: last === undefined ? null : storedInstant(last.at),
    told: last === undefined ? null : JSON.stringify(last.standing),
  } satisfies DigestRow;
}
