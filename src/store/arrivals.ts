import type { Knex } from 'knex';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import { overIds } from './over-ids.js';
import { PERIOD_COLUMNS, type PeriodRow, sharedPeriods } from './periods.js';
import { columnsOf, plainInstant } from './stored-values.js';
import type { Arrival, MeasurePeriod } from './types.js';

interface ArrivalRow extends PeriodRow {
  readonly measure: string;
  readonly run_id: string;
  readonly recorded_at: string;
  readonly logical_time: string | null;
}

/** The first revision of each period that ends after a day, and the periods found to be without a value. */
export async function arrivals(db: Knex, measures: readonly string[], from: CalendarDate): Promise<Arrival[]> {
  const periods = sharedPeriods();
  const found: Arrival[] = [];
  for (const table of ['actual', 'no_value']) {
    const rows: ArrivalRow[] = await overIds(db, measures, (among) => {
      const query = db(table)
        .leftJoin('run', 'run.run_id', `${table}.run_id`)
        .where(among(`${table}.measure`))
        .where(`${table}.period_end`, '>', from);
      if (table === 'actual') query.where('actual.revision', 1);
      return query.select([
        ...columnsOf(table, ['measure', ...PERIOD_COLUMNS, 'run_id', 'recorded_at']),
        'run.logical_time',
      ]);
    });
    found.push(
      ...rows.map((row) => ({
        measure: row.measure,
        period: periods(row),
        runId: row.run_id,
        recordedAt: plainInstant(row.recorded_at),
        ...(row.logical_time === null ? {} : { logicalTime: plainInstant(row.logical_time) }),
      })),
    );
  }
  return found;
}

/** Nominal time of the first run that ever recorded a value, by measure; of one that no run did when that was. */
export async function collectedSince(db: Knex, measures: readonly string[]): Promise<Map<string, Instant>> {
  const rows: { readonly measure: string; readonly since: string }[] = await overIds(db, measures, (among) =>
    db('actual')
      .leftJoin('run', 'run.run_id', 'actual.run_id')
      .where(among('actual.measure'))
      .where('actual.revision', 1)
      .groupBy('actual.measure')
      .select('actual.measure', db.raw('min(coalesce(run.logical_time, actual.recorded_at)) as since')),
  );
  return new Map(rows.map(({ measure, since }) => [measure, plainInstant(since)]));
}

/** Periods that end after a day and stand so. */
export async function periodsWithStatus(
  db: Knex,
  nodes: readonly string[],
  statuses: readonly (Status | NoScoreState)[],
  from: CalendarDate,
): Promise<MeasurePeriod[]> {
  const rows: (PeriodRow & { readonly node: string })[] = await overIds(db, nodes, (among) =>
    db('score_current')
      .join('score', (join) =>
        join
          .on('score.node', 'score_current.node')
          .on('score.period_id', 'score_current.period_id')
          .on('score.inputs_digest', 'score_current.inputs_digest'),
      )
      .where(among('score_current.node'))
      .where('score.period_end', '>', from)
      .whereIn('score.status', statuses)
      .select(columnsOf('score', ['node', ...PERIOD_COLUMNS])),
  );
  const periods = sharedPeriods();
  return rows.map((row) => ({ measure: row.node, period: periods(row) }));
}
