import type { Knex } from 'knex';
import type { CalendarDate, Frequency, Period } from '#src/domain/period/types.js';
import type { LeftOut } from '#src/domain/rollup/left-out.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import { insertNewRows, replaceRows, rowsOf } from './bulk-rows.js';
import { type Among, isSqlite, overIds } from './over-ids.js';
import { PERIOD_COLUMNS, type PeriodRow, periodFromRow, periodToRow, savePeriods, sharedPeriods } from './periods.js';
import { columnsOf, fromJson, plainInstant, storedInstant, withoutNulls } from './stored-values.js';
import type { NodeKind, ScoreRecord } from './types.js';

interface ScoreRow extends PeriodRow {
  readonly node: string;
  readonly kind: NodeKind;
  readonly status: Status | NoScoreState;
  readonly score: string | null;
  readonly unclamped: string | null;
  readonly band: string | null;
  readonly points: string | null;
  readonly possible: string | null;
  readonly value: string | null;
  readonly target: string | null;
  readonly coverage: string;
  readonly oldest_data: string | null;
  readonly reason: string | null;
  readonly left_out: string | null;
  readonly rule_version: string;
  readonly inputs_digest: string;
  readonly run_id: string;
  readonly scored_at: string;
}

interface PointerRow {
  readonly node: string;
  readonly period_id: string;
  readonly inputs_digest: string;
  /** As in `score`. */
  readonly status: Status | NoScoreState;
}

interface ScoredTo {
  readonly period: Period;
  readonly ruleVersion: string;
}

const SCORE_COLUMNS = columnsOf('score', [
  'node',
  'kind',
  ...PERIOD_COLUMNS,
  'status',
  'score',
  'unclamped',
  'band',
  'points',
  'possible',
  'value',
  'target',
  'coverage',
  'oldest_data',
  'reason',
  'left_out',
  'rule_version',
  'inputs_digest',
  'run_id',
  'scored_at',
]);

/**
 * Inserts contents that were never stored for their node and period, and points `score_current` at each content.
 *
 * A content that comes back (a restatement taken back) adds no row: only the pointer moves to the earlier one.
 */
export async function saveScores(db: Knex, scores: readonly ScoreRecord[]): Promise<number> {
  const latest = new Map(scores.map((score) => [pointerKey(score.node, score.period.id), score]));
  const current = await currentPointers(db, [...latest.values()]);
  const changed = [...latest]
    .filter(([key, score]) => current.get(key) !== score.inputsDigest)
    .map(([, score]) => score);
  await savePeriods(
    db,
    changed.map((score) => score.period),
  );
  await insertNewRows(db, 'score', ['node', 'period_id', 'inputs_digest'], rowsOf(changed, toRow));
  await replaceRows(db, 'score_current', ['node', 'period_id'], rowsOf(changed, toPointer));
  return changed.length;
}

/** The periods of a node in the order of their ends. */
export async function currentScores(db: Knex, nodes: readonly string[], from: CalendarDate): Promise<ScoreRecord[]> {
  const rows: ScoreRow[] = await overIds(db, nodes, (among) =>
    current(db)
      .where(among('score_current.node'))
      .where('score.period_end', '>', from)
      .orderBy(['score.node', 'score.period_end', 'score.period_id'])
      .select(SCORE_COLUMNS),
  );
  const periods = sharedPeriods();
  return rows.map((row) => fromRow(row, periods(row)));
}

export async function currentScore(db: Knex, node: string, periodId: string): Promise<ScoreRecord | undefined> {
  const row: ScoreRow | undefined = await current(db)
    .where({ 'score_current.node': node, 'score_current.period_id': periodId })
    .first(SCORE_COLUMNS);
  return row === undefined ? undefined : fromRow(row, periodFromRow(row));
}

/**
 * The newest scored period of each node, with the rule version it was scored under. A period that was ever scored has a
 * current score: the newest is found without looking at which one that is.
 */
export async function scoredTo(db: Knex, nodes: readonly string[]): Promise<Map<string, ScoredTo>> {
  const rows: (PeriodRow & { readonly node: string; readonly rule_version: string })[] = await overIds(
    db,
    nodes,
    (among, ids) =>
      current(db)
        .join(newestEnds(db, among, ids).as('newest'), (join) =>
          join.on('newest.node', 'score.node').on('newest.ends', 'score.period_end'),
        )
        .orderBy('score.period_start')
        .select(columnsOf('score', ['node', ...PERIOD_COLUMNS, 'rule_version'])),
  );
  return new Map(rows.map((row) => [row.node, { period: periodFromRow(row), ruleVersion: row.rule_version }]));
}

/** The last end of a period of each node. SQLite looks each one up in its index, however long its history is. */
function newestEnds(db: Knex, among: Among, ids: readonly string[]): Knex.QueryBuilder {
  if (!isSqlite(db)) {
    return db('score').where(among('score.node')).groupBy('score.node').select('score.node').max({
      ends: 'score.period_end',
    });
  }
  const last = db('score').whereRaw('score.node = listed.value').max('score.period_end').as('ends');
  return db(db.raw('json_each(?) as listed', [JSON.stringify(ids)])).select('listed.value as node', last);
}

/** Start of the first period that was ever scored, by node. */
export async function scoredFrom(db: Knex, nodes: readonly string[]): Promise<Map<string, CalendarDate>> {
  const rows: { readonly node: string; readonly starts: CalendarDate }[] = await overIds(db, nodes, (among) =>
    db('score')
      .where(among('score.node'))
      .groupBy('score.node')
      .select('score.node')
      .min({ starts: 'score.period_start' }),
  );
  return new Map(rows.map(({ node, starts }) => [node, starts]));
}

/** Those of the nodes that stand so in any period that ends after `from`. */
export async function nodesWithStatus(
  db: Knex,
  nodes: readonly string[],
  statuses: readonly (Status | NoScoreState)[],
  from: CalendarDate,
): Promise<string[]> {
  const rows: { readonly node: string }[] = await overIds(db, nodes, (among) =>
    current(db)
      .where(among('score_current.node'))
      .whereIn('score_current.status', statuses)
      .where('score.period_end', '>', from)
      .distinct('score.node'),
  );
  return rows.map(({ node }) => node);
}

/** The earliest period that a value is still waited for in, by node and frequency. */
export async function waitingFrom(db: Knex, nodes: readonly string[]) {
  const rows: { readonly node: string; readonly frequency: Frequency; readonly starts: CalendarDate }[] = await overIds(
    db,
    nodes,
    (among) =>
      current(db)
        .where(among('score_current.node'))
        .whereIn('score_current.status', ['not_due', 'late'])
        .groupBy('score.node', 'score.frequency')
        .select('score.node', 'score.frequency')
        .min({ starts: 'score.period_start' }),
  );
  return rows.map(({ node, frequency, starts }) => ({ measure: node, frequency, periodStart: starts }));
}

/** The period that `v_scorecard_current` shows for a node, by the same order; the view would rank every node first. */
export async function standingPeriod(db: Knex, node: string): Promise<string | undefined> {
  const row: Pick<ScoreRow, 'period_id'> | undefined = await current(db)
    .leftJoin('dim_measure', 'dim_measure.measure', 'score.node')
    .where('score_current.node', node)
    .whereRaw('(dim_measure.frequency is null or dim_measure.frequency = score.frequency)')
    .orderByRaw("case when score.status in ('not_due', 'not_expected') then 1 else 0 end")
    .orderBy([
      { column: 'score.period_end', order: 'desc' },
      { column: 'score.scored_at', order: 'desc' },
      { column: 'score.period_id', order: 'asc' },
    ])
    .first('score.period_id');
  return row?.period_id;
}

async function currentPointers(db: Knex, scores: readonly ScoreRecord[]): Promise<Map<string, string>> {
  const nodes = scores.map((score) => score.node);
  const periods = [...new Set(scores.map((score) => score.period.id))];
  const rows: Omit<PointerRow, 'status'>[] = await overIds(db, nodes, (among) =>
    overIds(db, periods, (amongPeriods) =>
      db('score_current')
        .where(among('score_current.node'))
        .where(amongPeriods('score_current.period_id'))
        .select(columnsOf('score_current', ['node', 'period_id', 'inputs_digest'])),
    ),
  );
  return new Map(rows.map((row) => [pointerKey(row.node, row.period_id), row.inputs_digest]));
}

function current(db: Knex): Knex.QueryBuilder {
  return db('score_current').join('score', (join) =>
    join
      .on('score.node', 'score_current.node')
      .on('score.period_id', 'score_current.period_id')
      .on('score.inputs_digest', 'score_current.inputs_digest'),
  );
}

/** No id of a period has a line break in it. */
function pointerKey(node: string, periodId: string): string {
  return `${periodId}\n${node}`;
}

function toPointer(score: ScoreRecord) {
  const { node, period, inputsDigest, status } = score;
  return { node, period_id: period.id, inputs_digest: inputsDigest, status } satisfies PointerRow;
}

function toRow(score: ScoreRecord) {
  return {
    node: score.node,
    kind: score.kind,
    ...periodToRow(score.period),
    status: score.status,
    score: score.score ?? null,
    unclamped: score.unclamped ?? null,
    band: score.band ?? null,
    points: score.points ?? null,
    possible: score.possible ?? null,
    value: score.value ?? null,
    target: score.target ?? null,
    coverage: score.coverage,
    oldest_data: score.oldestData ?? null,
    reason: score.reason ?? null,
    left_out: score.leftOut === undefined ? null : JSON.stringify(score.leftOut),
    rule_version: score.ruleVersion,
    inputs_digest: score.inputsDigest,
    run_id: score.runId,
    scored_at: storedInstant(score.scoredAt),
  } satisfies ScoreRow;
}

function fromRow(row: ScoreRow, period: Period): ScoreRecord {
  return withoutNulls({
    node: row.node,
    kind: row.kind,
    period,
    status: row.status,
    score: row.score,
    unclamped: row.unclamped,
    band: row.band,
    points: row.points,
    possible: row.possible,
    value: row.value,
    target: row.target,
    coverage: row.coverage,
    oldestData: row.oldest_data,
    reason: row.reason,
    leftOut: fromJson<LeftOut>(row.left_out),
    ruleVersion: row.rule_version,
    inputsDigest: row.inputs_digest,
    runId: row.run_id,
    scoredAt: plainInstant(row.scored_at),
  });
}
