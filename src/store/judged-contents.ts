import type { Knex } from 'knex';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { Status } from '#src/domain/score/types.js';
import { overIds } from './over-ids.js';
import { PERIOD_COLUMNS, type PeriodRow, periodFromRow } from './periods.js';
import { columnsOf, plainInstant, withoutNulls } from './stored-values.js';
import type { JudgedScore } from './types.js';

interface ContentRow extends PeriodRow {
  readonly node: string;
  readonly status: Status;
  readonly value: string | null;
  readonly target: string | null;
  readonly rule_version: string;
  readonly inputs_digest: string;
  readonly run_id: string;
  readonly scored_at: string;
  readonly current_digest: string;
  readonly logical_time: string | null;
}

const JUDGED = ['on_track', 'at_risk', 'off_track'];

/** All contents with a status of periods that have had more than one; most have one, and are never read. */
export async function judgedContents(db: Knex, nodes: readonly string[], from: CalendarDate): Promise<JudgedScore[]> {
  const rows: ContentRow[] = await overIds(db, nodes, (among) =>
    db('score')
      .join('score_current', (join) =>
        join.on('score_current.node', 'score.node').on('score_current.period_id', 'score.period_id'),
      )
      .leftJoin('run', 'run.run_id', 'score.run_id')
      .where(among('score.node'))
      .where('score.period_end', '>', from)
      .whereIn('score.status', JUDGED)
      .whereExists((other) => {
        other
          .from('score as other')
          .whereRaw(
            'other.node = score.node and other.period_id = score.period_id and other.inputs_digest <> score.inputs_digest',
          )
          .whereIn('other.status', JUDGED);
      })
      .orderBy(['score.node', 'score.period_end', 'score.scored_at', 'score.inputs_digest'])
      .select([
        ...columnsOf('score', ['node', ...PERIOD_COLUMNS, 'status', 'value', 'target', 'rule_version']),
        ...columnsOf('score', ['inputs_digest', 'run_id', 'scored_at']),
        'score_current.inputs_digest as current_digest',
        'run.logical_time',
      ]),
  );
  return rows.map((row) => ({
    node: row.node,
    period: periodFromRow(row),
    status: row.status,
    ruleVersion: row.rule_version,
    isCurrent: row.inputs_digest === row.current_digest,
    runId: row.run_id,
    scoredAt: plainInstant(row.scored_at),
    ...withoutNulls({
      value: row.value,
      target: row.target,
      logicalTime: row.logical_time === null ? null : plainInstant(row.logical_time),
    }),
  }));
}
