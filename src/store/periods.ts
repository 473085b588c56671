import type { Knex } from 'knex';
import type { Frequency, Period } from '#src/domain/period/types.js';
import { insertNewRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';

/** The columns by which facts and `dim_period` say their period. */
export interface PeriodRow {
  readonly period_id: string;
  readonly frequency: Frequency;
  readonly period_start: string;
  readonly period_end: string;
}

export const PERIOD_COLUMNS = ['period_id', 'frequency', 'period_start', 'period_end'];

export function periodToRow(period: Period) {
  return {
    period_id: period.id,
    frequency: period.frequency,
    period_start: period.start,
    period_end: period.end,
  } satisfies PeriodRow;
}

export function periodFromRow(row: PeriodRow): Period {
  return { id: row.period_id, frequency: row.frequency, start: row.period_start, end: row.period_end };
}

/** Periods of many rows, one object for each: rows by the ten thousand share a few periods. */
export function sharedPeriods(): (row: PeriodRow) => Period {
  const known = new Map<string, Period>();
  return (row) => {
    // An id is of one rhythm, but may be of another span where a calendar was changed.
    const key = `${row.period_id} ${row.period_start} ${row.period_end}`;
    const period = known.get(key) ?? periodFromRow(row);
    known.set(key, period);
    return period;
  };
}

/**
 * Makes the periods of facts known to `dim_period`. Known ones are only read: writing them again would let steps that
 * write different measures of one month wait for each other.
 */
export async function savePeriods(db: Knex, periods: readonly Period[]): Promise<void> {
  const unique = new Map(periods.map((period) => [period.id, period]));
  const known: { period_id: string }[] = await overIds(db, [...unique.keys()], (among) =>
    db('dim_period').where(among('dim_period.period_id')).select('dim_period.period_id'),
  );
  for (const row of known) unique.delete(row.period_id);
  // In one order everywhere: two transactions that meet here must not lock each other out.
  const missing = [...unique.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await insertNewRows(db, 'dim_period', ['period_id'], missing.map(periodToRow));
}
