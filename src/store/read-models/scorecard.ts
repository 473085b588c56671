import type { Knex } from 'knex';
import type { LeftOut } from '#src/domain/rollup/left-out.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import { columnsOf, fromJson, plainInstant, toCount, withoutNulls } from '../stored-values.js';
import type { NodeKind } from '../types.js';
import type { ScorecardRow } from './types.js';

interface StandingRow {
  readonly node: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly parent: string | null;
  readonly position: number | string;
  readonly weight: string;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly unit: string | null;
  readonly direction: string | null;
  readonly frequency: string | null;
  readonly decimals: number | string | null;
  readonly period_id: string | null;
  readonly period_start: string | null;
  readonly period_end: string | null;
  readonly status: Status | NoScoreState | null;
  readonly score: string | null;
  readonly band: string | null;
  readonly points: string | null;
  readonly possible: string | null;
  readonly value: string | null;
  readonly target: string | null;
  readonly coverage: string | null;
  readonly oldest_data: string | null;
  readonly reason: string | null;
  readonly left_out: string | null;
  readonly scored_at: string | null;
  readonly run_id: string | null;
}

const STANDING_COLUMNS = columnsOf('v_scorecard_current', [
  'node',
  'kind',
  'name',
  'parent',
  'position',
  'weight',
  'owner_id',
  'owner_name',
  'unit',
  'direction',
  'frequency',
  'decimals',
  'period_id',
  'period_start',
  'period_end',
  'status',
  'score',
  'band',
  'points',
  'possible',
  'value',
  'target',
  'coverage',
  'oldest_data',
  'reason',
  'left_out',
  'scored_at',
  'run_id',
]);

export async function scorecardTable(db: Knex): Promise<ScorecardRow[]> {
  const rows: StandingRow[] = await db('v_scorecard_current')
    .orderBy(['v_scorecard_current.position', 'v_scorecard_current.node'])
    .select(STANDING_COLUMNS);
  return rows.map(fromRow);
}

function fromRow(row: StandingRow): ScorecardRow {
  return withoutNulls({
    node: row.node,
    kind: row.kind,
    name: row.name,
    parent: row.parent,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    weight: row.weight,
    position: toCount(row.position),
    unit: row.unit,
    direction: row.direction,
    frequency: row.frequency,
    decimals: row.decimals === null ? null : toCount(row.decimals),
    periodId: row.period_id,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    status: row.status,
    score: row.score,
    band: row.band,
    points: row.points,
    possible: row.possible,
    value: row.value,
    target: row.target,
    coverage: row.coverage,
    oldestData: row.oldest_data,
    reason: row.reason,
    leftOut: fromJson<LeftOut>(row.left_out),
    scoredAt: row.scored_at === null ? null : plainInstant(row.scored_at),
    runId: row.run_id,
  });
}
