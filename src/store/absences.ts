import type { Knex } from 'knex';
import { replaceRows } from './bulk-rows.js';
import { columnsOf } from './stored-values.js';
import type { AbsenceRecord } from './types.js';

interface AbsenceRow {
  readonly measure: string;
  readonly period_id: string;
  readonly reason: string;
  readonly words: string;
  readonly person: string;
}

const COLUMNS = columnsOf('absence', ['measure', 'period_id', 'reason', 'words', 'person']);

/** Makes what is known of these measures be just this; what stands as it was is not written. */
export async function saveAbsences(
  db: Knex,
  measures: readonly string[],
  absences: readonly AbsenceRecord[],
): Promise<void> {
  // Only overdue measures are in it: to read it all is cheaper than to ask for ten thousand that are not.
  const judged = new Set(measures);
  const rowsOfAll: AbsenceRow[] = await db('absence').select(COLUMNS);
  const known = rowsOfAll.filter(({ measure }) => judged.has(measure));
  const before = new Map(known.map((row) => [row.measure, JSON.stringify(Object.values(row))]));
  const rows = absences.map(toRow);
  const holding = new Set(rows.map(({ measure }) => measure));
  const over = known.filter(({ measure }) => !holding.has(measure)).map(({ measure }) => measure);
  for (const measure of over) await db('absence').where({ measure }).delete();
  const changed = rows.filter((row) => before.get(row.measure) !== JSON.stringify(Object.values(row)));
  await replaceRows(db, 'absence', ['measure'], changed);
}

function toRow({ measure, period, reason, words, person }: AbsenceRecord) {
  return { measure, period_id: period, reason, words, person } satisfies AbsenceRow;
}
