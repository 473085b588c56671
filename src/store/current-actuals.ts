import type { Knex } from 'knex';
import type { CalendarDate } from '#src/domain/period/types.js';
import { ACTUAL_COLUMNS, type ActualRow, fromValuedRow, withoutValue } from './actual-rows.js';
import { type Among, overIds } from './over-ids.js';
import { PERIOD_COLUMNS, type PeriodRow, sharedPeriods } from './periods.js';
import { columnsOf } from './stored-values.js';
import type { CurrentActual, CurrentValue, WithdrawnActual } from './types.js';

type ValueRow = Pick<ActualRow, keyof PeriodRow | 'measure' | 'value' | 'evidence'>;

const VALUE_COLUMNS = columnsOf('actual', ['measure', ...PERIOD_COLUMNS, 'value', 'evidence']);

/** The periods of a measure in the order of their starts. */
export async function currentActuals(
  db: Knex,
  measures: readonly string[],
  from: CalendarDate,
  extract?: string,
): Promise<CurrentActual[]> {
  const rows: ActualRow[] = await overIds(db, measures, (among) => {
    const valued = current(db, among, from).whereNotNull('actual.value');
    if (extract !== undefined) valued.where('actual.extract_id', extract);
    return valued.select(ACTUAL_COLUMNS);
  });
  return rows.map(fromValuedRow);
}

/** The same without what only a new revision asks for. */
export async function currentValues(
  db: Knex,
  measures: readonly string[],
  from: CalendarDate,
): Promise<CurrentValue[]> {
  const rows: ValueRow[] = await overIds(db, measures, (among) =>
    current(db, among, from).whereNotNull('actual.value').select(VALUE_COLUMNS),
  );
  const periods = sharedPeriods();
  return rows.map((row) => ({
    measure: row.measure,
    period: periods(row),
    value: row.value ?? '',
    evidence: JSON.parse(row.evidence),
  }));
}

/** Values that were taken back and not given anew. */
export async function withdrawnActuals(
  db: Knex,
  measures: readonly string[],
  from: CalendarDate,
): Promise<WithdrawnActual[]> {
  const rows: ActualRow[] = await overIds(db, measures, (among) =>
    current(db, among, from).whereNull('actual.value').select(ACTUAL_COLUMNS),
  );
  return rows.map(withoutValue);
}

function current(db: Knex, among: Among, from: CalendarDate): Knex.QueryBuilder {
  return db('actual_current')
    .join('actual', (join) =>
      join
        .on('actual.measure', 'actual_current.measure')
        .on('actual.period_id', 'actual_current.period_id')
        .on('actual.revision', 'actual_current.revision'),
    )
    .where(among('actual_current.measure'))
    .where('actual.period_start', '>=', from)
    .orderBy(['actual.measure', 'actual.period_start', 'actual.period_id']);
}
