import type { Knex } from 'knex';
import { overIds, replaceRows } from './bulk-rows.js';
import { columnsOf } from './stored-values.js';
import type { MeasureProgress } from './types.js';

interface ProgressRow {
  readonly measure: string;
  readonly value_digest: string;
  readonly collected_from: string;
  readonly collected_to: string;
}

const PROGRESS_COLUMNS = columnsOf('measure_progress', ['measure', 'value_digest', 'collected_from', 'collected_to']);

export async function saveProgress(db: Knex, progress: readonly MeasureProgress[]): Promise<void> {
  await replaceRows(db, 'measure_progress', ['measure'], progress.map(toRow));
}

export async function progressOf(db: Knex, measures: readonly string[]): Promise<MeasureProgress[]> {
  const rows: ProgressRow[] = await overIds(measures, (part) =>
    db('measure_progress').whereIn('measure_progress.measure', part).select(PROGRESS_COLUMNS),
  );
  return rows.map(fromRow);
}

function toRow(progress: MeasureProgress) {
  return {
    measure: progress.measure,
    value_digest: progress.valueDigest,
    collected_from: progress.collectedFrom,
    collected_to: progress.collectedTo,
  } satisfies ProgressRow;
}

function fromRow(row: ProgressRow): MeasureProgress {
  return {
    measure: row.measure,
    valueDigest: row.value_digest,
    collectedFrom: row.collected_from,
    collectedTo: row.collected_to,
  };
}
