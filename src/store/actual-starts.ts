import type { Knex } from 'knex';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import { overIds } from './over-ids.js';
import { storedInstant } from './stored-values.js';

interface StartRow {
  readonly measure: string;
  readonly starts: CalendarDate;
}

/** Stands for no value where one is compared with another: no decimal is written so. */
const NO_VALUE = 'none';

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

/** Start of the earliest period with a revision, or found to be without a value, recorded since an instant, by measure. */
export async function revisedFrom(
  db: Knex,
  measures: readonly string[],
  since: Instant,
): Promise<Map<string, CalendarDate>> {
  const earliest = new Map<string, CalendarDate>();
  for (const table of ['actual', 'no_value']) {
    const rows: StartRow[] = await overIds(db, measures, (among) =>
      db(table)
        .where(`${table}.recorded_at`, '>=', storedInstant(since))
        .where(among(`${table}.measure`))
        .groupBy(`${table}.measure`)
        .select(`${table}.measure`)
        .min({ starts: `${table}.period_start` }),
    );
    for (const { measure, starts } of rows) {
      const known = earliest.get(measure);
      if (known === undefined || starts < known) earliest.set(measure, starts);
    }
  }
  return earliest;
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
