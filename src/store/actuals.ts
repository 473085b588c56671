import type { Knex } from 'knex';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { ACTUAL_COLUMNS, type ActualRow, fromRow, fromValuedRow, toActualRow } from './actual-rows.js';
import { insertRows, replaceRows, rowsOf } from './bulk-rows.js';
import { savePeriods } from './periods.js';
import { isTaken } from './store-errors.js';
import type { ActualRevision, WithdrawnActual } from './types.js';

/** Appends; nothing in `actual` is ever updated or deleted. The pointers in `actual_current` move along. */
export async function appendActuals(db: Knex, revisions: readonly (ActualRevision | WithdrawnActual)[]): Promise<void> {
  await savePeriods(
    db,
    revisions.map((revision) => revision.period),
  );
  try {
    await insertRows(db, 'actual', rowsOf(revisions, toActualRow));
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new PlumblineError(
      'transient',
      'STORE_REVISION_TAKEN',
      `Appending ${revisions.length} actuals failed: another step stored the same revision of a measure and period first.`,
      { remedy: 'Nothing to do: the step reads the newer revision when it is tried again.' },
    );
  }
  // Of several revisions of one period the greatest comes last, and stays.
  const ordered = revisions.toSorted((a, b) => a.revision - b.revision);
  await replaceRows(db, 'actual_current', ['measure', 'period_id'], rowsOf(ordered, toPointer));
}

/** All revisions of a measure in a period, oldest first. */
export async function revisionsOf(
  db: Knex,
  measure: string,
  periodId: string,
): Promise<(ActualRevision | WithdrawnActual)[]> {
  const rows: ActualRow[] = await db('actual')
    .where({ 'actual.measure': measure, 'actual.period_id': periodId })
    .orderBy('actual.revision')
    .select(ACTUAL_COLUMNS);
  return rows.map(fromRow);
}

/** The actual of the latest period that has one. */
export async function newestActual(db: Knex, measure: string): Promise<ActualRevision | undefined> {
  const row: ActualRow | undefined = await db('actual')
    .where('actual.measure', measure)
    .whereNotNull('actual.value')
    .orderBy([
      { column: 'actual.period_end', order: 'desc' },
      { column: 'actual.period_start', order: 'desc' },
      { column: 'actual.revision', order: 'desc' },
    ])
    .first(ACTUAL_COLUMNS);
  return row === undefined ? undefined : fromValuedRow(row);
}

function toPointer(revision: ActualRevision | WithdrawnActual) {
  return { measure: revision.measure, period_id: revision.period.id, revision: revision.revision };
}
