import type { Knex } from 'knex';
import type { Period } from '#src/domain/period/types.js';
import { newestActual, revisionsOf } from '../actuals.js';
import { nodeDimension } from '../config-revisions.js';
import { PERIOD_COLUMNS, type PeriodRow, periodFromRow } from '../periods.js';
import { latestPulls, pull } from '../pulls.js';
import { rejectsConcerning } from '../rejects.js';
import { currentScore, standingPeriod } from '../scores.js';
import { columnsOf, toCount, withoutNulls } from '../stored-values.js';
import type { Explanation, KnownPeriods } from './types.js';

const REJECTS_SHOWN = 20;
const PERIODS_SHOWN = 5;

/** Follows a value back: score, revisions, the pull that brought the current one, and what of it was rejected. */
export async function explain(db: Knex, measure: string, periodId?: string): Promise<Explanation> {
  const newest = await newestActual(db, measure);
  const shownPeriod = periodId ?? (await standingPeriod(db, measure)) ?? newest?.period.id;
  const revisions = shownPeriod === undefined ? [] : await revisionsOf(db, measure, shownPeriod);
  const score = shownPeriod === undefined ? undefined : await currentScore(db, measure, shownPeriod);
  const period =
    revisions.at(-1)?.period ??
    score?.period ??
    (shownPeriod === undefined ? undefined : await knownPeriod(db, shownPeriod));

  const dimension = await nodeDimension(db, measure);
  const current = revisions.at(-1);
  const currentPull = current === undefined ? undefined : await pull(db, current.runId, current.extract);
  const extract = dimension?.extract ?? current?.extract ?? newest?.extract;
  const [latestPull] = extract === undefined ? [] : await latestPulls(db, [extract]);

  const rejecting = currentPull ?? latestPull;
  const rejects =
    rejecting === undefined || period === undefined
      ? { shown: [], total: 0 }
      : await rejectsConcerning(db, rejecting, period, REJECTS_SHOWN);
  const found = {
    dimension: dimension ?? null,
    period: period ?? null,
    pull: currentPull ?? null,
    score: score ?? null,
    latestPull: latestPull ?? null,
  };
  const known = await (dimension?.kind === undefined || dimension.kind === 'measure' ? valued : scored)(db, measure);
  return { measure, revisions, rejects, known, ...withoutNulls(found) };
}

/** Periods in which a measure has a value, the newest first. */
async function valued(db: Knex, measure: string): Promise<KnownPeriods> {
  const current = db('actual_current')
    .join('actual', (join) =>
      join
        .on('actual.measure', 'actual_current.measure')
        .on('actual.period_id', 'actual_current.period_id')
        .on('actual.revision', 'actual_current.revision'),
    )
    .leftJoin('dim_measure', 'dim_measure.measure', 'actual.measure')
    .where('actual_current.measure', measure)
    .whereNotNull('actual.value')
    .whereRaw('(dim_measure.frequency is null or dim_measure.frequency = actual.frequency)');
  return newestOf(current, 'actual');
}

/** Periods in which a node has a score or a state, the newest first. */
async function scored(db: Knex, node: string): Promise<KnownPeriods> {
  const current = db('score_current')
    .join('score', (join) =>
      join
        .on('score.node', 'score_current.node')
        .on('score.period_id', 'score_current.period_id')
        .on('score.inputs_digest', 'score_current.inputs_digest'),
    )
    .where('score_current.node', node);
  return newestOf(current, 'score');
}

async function newestOf(current: Knex.QueryBuilder, table: string): Promise<KnownPeriods> {
  const [{ count }] = await current.clone().count({ count: '*' });
  const rows: { readonly period_id: string }[] = await current
    .orderBy([
      { column: `${table}.period_end`, order: 'desc' },
      { column: `${table}.period_id`, order: 'desc' },
    ])
    .limit(PERIODS_SHOWN)
    .select(`${table}.period_id`);
  return { newest: rows.map((row) => row.period_id), count: toCount(count) };
}

async function knownPeriod(db: Knex, periodId: string): Promise<Period | undefined> {
  const row: PeriodRow | undefined = await db('dim_period')
    .where('dim_period.period_id', periodId)
    .first(columnsOf('dim_period', PERIOD_COLUMNS));
  return row === undefined ? undefined : periodFromRow(row);
}
