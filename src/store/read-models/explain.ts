import type { Knex } from 'knex';
import type { Period } from '#src/domain/period/types.js';
import { newestActual, revisionsOf } from '../actuals.js';
import { nodeDimension } from '../config-revisions.js';
import { PERIOD_COLUMNS, type PeriodRow, periodFromRow } from '../periods.js';
import { latestPulls, pull } from '../pulls.js';
import { rejectsConcerning } from '../rejects.js';
import { currentScore, standingPeriod } from '../scores.js';
import { columnsOf, withoutNulls } from '../stored-values.js';
import type { Explanation } from './types.js';

const REJECTS_SHOWN = 20;

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
  return { measure, revisions, rejects, ...withoutNulls(found) };
}

async function knownPeriod(db: Knex, periodId: string): Promise<Period | undefined> {
  const row: PeriodRow | undefined = await db('dim_period')
    .where('dim_period.period_id', periodId)
    .first(columnsOf('dim_period', PERIOD_COLUMNS));
  return row === undefined ? undefined : periodFromRow(row);
}
