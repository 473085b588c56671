import type { Knex } from 'knex';
import { replaceRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';
import { columnsOf } from './stored-values.js';
import type { CollectedSpan, MeasureProgress } from './types.js';

interface ProgressRow {
  readonly measure: string;
  readonly value_digest: string;
  readonly collected_from: string;
  readonly collected_to: string;
  readonly run_id: string;
  readonly before_run: string | null;
}

const PROGRESS_COLUMNS = columnsOf('measure_progress', [
  'measure',
  'value_digest',
  'collected_from',
  'collected_to',
  'run_id',
  'before_run',
]);

export async function saveProgress(db: Knex, progress: readonly MeasureProgress[]): Promise<void> {
  await replaceRows(db, 'measure_progress', ['measure'], progress.map(toRow));
}

export async function progressOf(db: Knex, measures: readonly string[]): Promise<MeasureProgress[]> {
  const rows: ProgressRow[] = await overIds(db, measures, (among) =>
    db('measure_progress').where(among('measure_progress.measure')).select(PROGRESS_COLUMNS),
  );
  return rows.map(fromRow);
}

function toRow(progress: MeasureProgress) {
  return {
    measure: progress.measure,
    value_digest: progress.valueDigest,
    collected_from: progress.collectedFrom,
    collected_to: progress.collectedTo,
    run_id: progress.runId,
    before_run: progress.before === undefined ? null : JSON.stringify(progress.before),
  } satisfies ProgressRow;
}

function fromRow(row: ProgressRow): MeasureProgress {
  const before: CollectedSpan | undefined = row.before_run === null ? undefined : JSON.parse(row.before_run);
  return {
    measure: row.measure,
    valueDigest: row.value_digest,
    collectedFrom: row.collected_from,
    collectedTo: row.collected_to,
    runId: row.run_id,
    ...(before === undefined ? {} : { before }),
  };
}
