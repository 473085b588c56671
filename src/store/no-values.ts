import type { Knex } from 'knex';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { replaceRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';
import { PERIOD_COLUMNS, type PeriodRow, periodFromRow, periodToRow } from './periods.js';
import { columnsOf, plainInstant, storedInstant } from './stored-values.js';
import type { NoValueRecord } from './types.js';

interface NoValueRow extends PeriodRow {
  readonly measure: string;
  readonly reason: NoValueRecord['reason'];
  readonly numerator: DecimalText | null;
  readonly run_id: string;
  readonly recorded_at: string;
}

const COLUMNS = columnsOf('no_value', ['measure', ...PERIOD_COLUMNS, 'reason', 'numerator', 'run_id', 'recorded_at']);

export async function saveNoValues(db: Knex, records: readonly NoValueRecord[]): Promise<void> {
  await replaceRows(db, 'no_value', ['measure', 'period_id'], records.map(toRow));
}

export async function noValues(db: Knex, measures: readonly string[], from: CalendarDate): Promise<NoValueRecord[]> {
  const rows: NoValueRow[] = await overIds(db, measures, (among) =>
    db('no_value')
      .where(among('no_value.measure'))
      .where('no_value.period_start', '>=', from)
      .orderBy(['no_value.measure', 'no_value.period_start'])
      .select(COLUMNS),
  );
  return rows.map((row) => ({
    measure: row.measure,
    period: periodFromRow(row),
    reason: row.reason,
    ...(row.numerator === null ? {} : { numerator: row.numerator }),
    runId: row.run_id,
    recordedAt: plainInstant(row.recorded_at),
  }));
}

function toRow(record: NoValueRecord) {
  return {
    measure: record.measure,
    ...periodToRow(record.period),
    reason: record.reason,
    numerator: record.numerator ?? null,
    run_id: record.runId,
    recorded_at: storedInstant(record.recordedAt),
  } satisfies NoValueRow;
}
