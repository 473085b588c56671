import type { Knex } from 'knex';
import type { RevisionReason } from '#src/domain/actual/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import { insertRows, replaceRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';
import { PERIOD_COLUMNS, type PeriodRow, periodFromRow, periodToRow, savePeriods } from './periods.js';
import { isTaken } from './store-errors.js';
import { columnsOf, plainInstant, storedInstant, toCount } from './stored-values.js';
import type { ActualRevision, CurrentActual, WithdrawnActual } from './types.js';

interface ActualRow extends PeriodRow {
  readonly measure: string;
  readonly revision: number | string;
  /** NULL where a value was taken back. */
  readonly value: string | null;
  readonly reason: RevisionReason;
  readonly evidence: string;
  readonly rejects: number | string;
  readonly period_closed: number;
  readonly extract_id: string;
  readonly source_digest: string;
  readonly run_id: string;
  readonly recorded_at: string;
}

interface StartRow {
  readonly measure: string;
  readonly starts: CalendarDate;
}

const ACTUAL_COLUMNS = columnsOf('actual', [
  'measure',
  ...PERIOD_COLUMNS,
  'revision',
  'value',
  'reason',
  'evidence',
  'rejects',
  'period_closed',
  'extract_id',
  'source_digest',
  'run_id',
  'recorded_at',
]);

/** Stands for no value where one is compared with another: no decimal is written so. */
const NO_VALUE = 'none';

/** Appends; nothing in `actual` is ever updated or deleted. The pointers in `actual_current` move along. */
export async function appendActuals(db: Knex, revisions: readonly (ActualRevision | WithdrawnActual)[]): Promise<void> {
  await savePeriods(
    db,
    revisions.map((revision) => revision.period),
  );
  try {
    await insertRows(db, 'actual', revisions.map(toRow));
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new PlumblineError(
      'transient',
      'STORE_REVISION_TAKEN',
      `Appending ${revisions.length} actuals failed: another step stored the same revision of a measure and period first.`,
      { remedy: 'Nothing to do: the step reads the newer revision when it is tried again.' },
    );
  }
  const ordered = [...revisions].sort((a, b) => a.revision - b.revision);
  const pointers = new Map(ordered.map((revision) => [pointerKey(revision), toPointer(revision)]));
  await replaceRows(db, 'actual_current', ['measure', 'period_id'], [...pointers.values()]);
}

/** The periods of a measure in the order of their starts. */
export async function currentActuals(
  db: Knex,
  measures: readonly string[],
  from: CalendarDate,
): Promise<CurrentActual[]> {
  return (await currentRows(db, measures, from, 'whereNotNull')).map(fromValuedRow);
}

/** Values that were taken back and not given anew. */
export async function withdrawnActuals(
  db: Knex,
  measures: readonly string[],
  from: CalendarDate,
): Promise<WithdrawnActual[]> {
  return (await currentRows(db, measures, from, 'whereNull')).map(withoutValue);
}

function currentRows(
  db: Knex,
  measures: readonly string[],
  from: CalendarDate,
  valued: 'whereNull' | 'whereNotNull',
): Promise<ActualRow[]> {
  return overIds(db, measures, (among) =>
    db('actual_current')
      .join('actual', (join) =>
        join
          .on('actual.measure', 'actual_current.measure')
          .on('actual.period_id', 'actual_current.period_id')
          .on('actual.revision', 'actual_current.revision'),
      )
      .where(among('actual_current.measure'))
      .where('actual.period_start', '>=', from)
      [valued]('actual.value')
      .orderBy(['actual.measure', 'actual.period_start', 'actual.period_id'])
      .select(ACTUAL_COLUMNS),
  );
}

/** Start of the earliest period whose current value has not been scored, by measure; open periods are among them. */
export async function unscoredFrom(db: Knex, measures: readonly string[]): Promise<Map<string, CalendarDate>> {
  const rows: StartRow[] = await overIds(db, measures, (among) =>
    db('actual_current')
      .join('actual', (join) =>
        join
          .on('actual.measure', 'actual_current.measure')
          .on('actual.period_id', 'actual_current.period_id')
          .on('actual.revision', 'actual_current.revision'),
      )
      .leftJoin('score_current', (join) =>
        join
          .on('score_current.node', 'actual_current.measure')
          .on('score_current.period_id', 'actual_current.period_id'),
      )
      .leftJoin('score', (join) =>
        join
          .on('score.node', 'score_current.node')
          .on('score.period_id', 'score_current.period_id')
          .on('score.inputs_digest', 'score_current.inputs_digest'),
      )
      .where(among('actual_current.measure'))
      // A value taken back is scored once the score has none either.
      .whereRaw('(score.node is null or coalesce(score.value, ?) <> coalesce(actual.value, ?))', [NO_VALUE, NO_VALUE])
      .groupBy('actual.measure')
      .select('actual.measure')
      .min({ starts: 'actual.period_start' }),
  );
  return new Map(rows.map((row) => [row.measure, row.starts]));
}

/** Start of the earliest period with a revision recorded since an instant, by measure. */
export async function revisedFrom(
  db: Knex,
  measures: readonly string[],
  since: Instant,
): Promise<Map<string, CalendarDate>> {
  const rows: StartRow[] = await overIds(db, measures, (among) =>
    db('actual')
      .where('actual.recorded_at', '>=', storedInstant(since))
      .where(among('actual.measure'))
      .groupBy('actual.measure')
      .select('actual.measure')
      .min({ starts: 'actual.period_start' }),
  );
  return new Map(rows.map((row) => [row.measure, row.starts]));
}

/** Start of the first period ever reported, by measure. */
export async function reportedFrom(db: Knex, measures: readonly string[]): Promise<Map<string, CalendarDate>> {
  const rows: StartRow[] = await overIds(db, measures, (among) =>
    db('actual')
      .where(among('actual.measure'))
      .groupBy('actual.measure')
      .select('actual.measure')
      .min({ starts: 'actual.period_start' }),
  );
  return new Map(rows.map((row) => [row.measure, row.starts]));
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

function pointerKey(revision: ActualRevision | WithdrawnActual): string {
  return JSON.stringify([revision.measure, revision.period.id]);
}

function toPointer(revision: ActualRevision | WithdrawnActual) {
  return { measure: revision.measure, period_id: revision.period.id, revision: revision.revision };
}

function toRow(revision: ActualRevision | WithdrawnActual) {
  return {
    measure: revision.measure,
    ...periodToRow(revision.period),
    revision: revision.revision,
    value: revision.value ?? null,
    reason: revision.reason,
    evidence: JSON.stringify(revision.evidence),
    rejects: revision.rejects,
    period_closed: revision.periodClosed ? 1 : 0,
    extract_id: revision.extract,
    source_digest: revision.sourceDigest,
    run_id: revision.runId,
    recorded_at: storedInstant(revision.recordedAt),
  } satisfies ActualRow;
}

/** Of a row that the query has looked for its value. */
function fromValuedRow(row: ActualRow): ActualRevision {
  return { ...withoutValue(row), value: row.value ?? '' };
}

function fromRow(row: ActualRow): ActualRevision | WithdrawnActual {
  return row.value === null ? withoutValue(row) : fromValuedRow(row);
}

function withoutValue(row: ActualRow): WithdrawnActual {
  return {
    measure: row.measure,
    period: periodFromRow(row),
    revision: toCount(row.revision),
    reason: row.reason,
    evidence: JSON.parse(row.evidence),
    rejects: toCount(row.rejects),
    periodClosed: row.period_closed === 1,
    extract: row.extract_id,
    sourceDigest: row.source_digest,
    runId: row.run_id,
    recordedAt: plainInstant(row.recorded_at),
  };
}
