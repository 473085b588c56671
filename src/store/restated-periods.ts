import type { Knex } from 'knex';
import type { RevisionReason } from '#src/domain/actual/types.js';
import type { Instant } from '#src/domain/period/types.js';
import type { Status } from '#src/domain/score/types.js';
import { type Among, overIds } from './over-ids.js';
import { PERIOD_COLUMNS, type PeriodRow, periodFromRow } from './periods.js';
import { columnsOf, plainInstant, storedInstant, withoutNulls } from './stored-values.js';
import type { RestatedPeriod } from './types.js';

interface RevisionRow extends PeriodRow {
  readonly measure: string;
  readonly reason: RevisionReason;
  readonly value: string | null;
  readonly run_id: string;
  readonly recorded_at: string;
  readonly logical_time: string | null;
}

interface JudgedRow {
  readonly node: string;
  readonly period_id: string;
  readonly value: string;
  readonly status: Status;
}

type Place = Pick<RevisionRow, 'measure' | 'period_id'>;

const JUDGED = ['on_track', 'at_risk', 'off_track'];

/**
 * Few of the restatements turn a status: those whose score has not been the only one by its rule are found first, and only
 * their revisions and scores are read.
 */
export async function restatedPeriods(db: Knex, since: Instant): Promise<RestatedPeriod[]> {
  const turned: Place[] = await withOtherScores(db)
    .join('actual', (join) =>
      join.on('actual.measure', 'score_current.node').on('actual.period_id', 'score_current.period_id'),
    )
    .where('actual.reason', 'restated')
    .where('actual.recorded_at', '>=', storedInstant(since))
    .whereRaw('other.status <> score.status')
    .distinct('actual.measure', 'actual.period_id');
  const wanted = new Set(turned.map(({ measure, period_id }) => placeKey(measure, period_id)));
  const statuses = new Map(
    (await ofPlaces(turned, db, (measures, periods) => judgedScores(db, measures, periods))).map((row) => [
      `${placeKey(row.node, row.period_id)}\n${row.value}`,
      row.status,
    ]),
  );
  const byPlace = new Map<string, RevisionRow[]>();
  for (const row of await ofPlaces(turned, db, (measures, periods) => revisionsOf(db, measures, periods))) {
    const key = placeKey(row.measure, row.period_id);
    if (!wanted.has(key)) continue;
    byPlace.set(key, [...(byPlace.get(key) ?? []), row]);
  }
  return [...byPlace].flatMap(([key, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    const revisions = rows.map((row) => ({
      reason: row.reason,
      runId: row.run_id,
      recordedAt: plainInstant(row.recorded_at),
      ...withoutNulls({
        value: row.value,
        logicalTime: row.logical_time === null ? null : plainInstant(row.logical_time),
        status: statuses.get(`${key}\n${row.value}`) ?? null,
      }),
    }));
    return [{ measure: first.measure, period: periodFromRow(first), revisions }];
  });
}

/** Current scores (`score`), each with all of its node and period by the same rule and target (`other`), judged both. */
function withOtherScores(db: Knex): Knex.QueryBuilder {
  return db('score_current')
    .join('score', (join) =>
      join
        .on('score.node', 'score_current.node')
        .on('score.period_id', 'score_current.period_id')
        .on('score.inputs_digest', 'score_current.inputs_digest'),
    )
    .join('score as other', (join) =>
      join
        .on('other.node', 'score.node')
        .on('other.period_id', 'score.period_id')
        .on('other.rule_version', 'score.rule_version'),
    )
    .whereRaw("coalesce(other.target, '') = coalesce(score.target, '')")
    .whereIn('score.status', JUDGED)
    .whereIn('other.status', JUDGED);
}

function judgedScores(db: Knex, measures: Among, periods: Among): Promise<JudgedRow[]> {
  return (
    withOtherScores(db)
      .where(measures('score_current.node'))
      .where(periods('score_current.period_id'))
      .whereNotNull('other.value')
      // The current one last, so that it counts where another was made of the same value.
      .orderByRaw('case when other.inputs_digest = score.inputs_digest then 1 else 0 end')
      .select('other.node', 'other.period_id', 'other.value', 'other.status')
  );
}

function revisionsOf(db: Knex, measures: Among, periods: Among): Promise<RevisionRow[]> {
  return db('actual')
    .leftJoin('run', 'run.run_id', 'actual.run_id')
    .where(measures('actual.measure'))
    .where(periods('actual.period_id'))
    .orderBy(['actual.measure', 'actual.period_id', 'actual.revision'])
    .select([
      ...columnsOf('actual', ['measure', ...PERIOD_COLUMNS, 'reason', 'value', 'run_id', 'recorded_at']),
      'run.logical_time',
    ]);
}

/** Rows of places, and of others that have a measure of one and a period of another of them. */
function ofPlaces<T>(
  places: readonly Place[],
  db: Knex,
  query: (measures: Among, periods: Among) => Promise<T[]>,
): Promise<T[]> {
  const periods = places.map(({ period_id }) => period_id);
  return overIds(
    db,
    places.map(({ measure }) => measure),
    (measures) => overIds(db, periods, (among) => query(measures, among)),
  );
}

/** No id of a period has a line break in it. */
function placeKey(measure: string, periodId: string): string {
  return `${periodId}\n${measure}`;
}
