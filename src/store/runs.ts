import type { Knex } from 'knex';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Instant } from '#src/domain/period/types.js';
import { columnsOf, plainInstant, storedInstant, withoutNulls } from './stored-values.js';
import type { RunOpening, RunRecord, RunState, RunTrigger } from './types.js';

interface RunRow {
  readonly run_id: string;
  readonly pull_group: string;
  readonly logical_time: string;
  readonly run_trigger: RunTrigger;
  readonly config_revision: string;
  readonly state: RunState;
  readonly started_at: string;
  readonly finished_at: string | null;
}

interface Latest {
  readonly latest?: string | null;
}

const RUN_COLUMNS = columnsOf('run', [
  'run_id',
  'pull_group',
  'logical_time',
  'run_trigger',
  'config_revision',
  'state',
  'started_at',
  'finished_at',
]);

/** A run that is still going keeps its start when a step opens it once more; a closed one starts anew. */
export async function openRun(db: Knex, opening: RunOpening): Promise<void> {
  const known = await run(db, opening.runId);
  const startedAt = known?.state === 'running' ? known.startedAt : opening.startedAt;
  await db('run')
    .insert(toRow({ ...opening, startedAt }))
    .onConflict(['run_id'])
    .merge();
}

export async function closeRun(db: Knex, runId: string, state: RunState, at: Instant): Promise<void> {
  const changed = await db('run')
    .where('run.run_id', runId)
    .update({ state, finished_at: storedInstant(at) });
  if (changed === 0) throw unknownRun(runId);
}

export async function run(db: Knex, runId: string): Promise<RunRecord | undefined> {
  const row: RunRow | undefined = await db('run').where('run.run_id', runId).first(RUN_COLUMNS);
  return row === undefined ? undefined : fromRow(row);
}

/** Start of the newest run of a group that came to its end: what was stored before it began has been scored. */
export async function finishedRunStart(db: Knex, group: string, except: string): Promise<Instant | undefined> {
  const row: { readonly started_at: string } | undefined = await db('run')
    .where('run.pull_group', group)
    .whereNot('run.run_id', except)
    .whereIn('run.state', ['done', 'partial'])
    .orderBy('run.started_at', 'desc')
    .first('run.started_at');
  return row === undefined ? undefined : plainInstant(row.started_at);
}

export async function latestLogicalTime(db: Knex): Promise<Instant | undefined> {
  const opened: Latest | undefined = await db('run').max({ latest: 'run.logical_time' }).first();
  // A sweep is no run: it shows in what it changed.
  const changed: Latest | undefined = await db('alert').max({ latest: 'alert.judged_at' }).first();
  const latest = [opened?.latest ?? '', changed?.latest ?? ''].reduce((a, b) => (a > b ? a : b));
  return latest === '' ? undefined : plainInstant(latest);
}

export async function latestRuns(db: Knex, limit: number): Promise<RunRecord[]> {
  const rows: RunRow[] = await db('run')
    .orderBy([
      { column: 'run.logical_time', order: 'desc' },
      { column: 'run.started_at', order: 'desc' },
      { column: 'run.run_id', order: 'asc' },
    ])
    .limit(limit)
    .select(RUN_COLUMNS);
  return rows.map(fromRow);
}

export function unknownRun(runId: string): PlumblineError {
  return new PlumblineError('defect', 'BUG_UNKNOWN_RUN', `Writing to run "${runId}": no run of this id was opened.`);
}

function toRow(opening: RunOpening): RunRow {
  return {
    run_id: opening.runId,
    pull_group: opening.group,
    logical_time: storedInstant(opening.logicalTime),
    run_trigger: opening.trigger,
    config_revision: opening.configRevision,
    state: 'running',
    started_at: storedInstant(opening.startedAt),
    finished_at: null,
  };
}

function fromRow(row: RunRow): RunRecord {
  return withoutNulls({
    runId: row.run_id,
    group: row.pull_group,
    logicalTime: plainInstant(row.logical_time),
    trigger: row.run_trigger,
    configRevision: row.config_revision,
    state: row.state,
    startedAt: plainInstant(row.started_at),
    finishedAt: row.finished_at === null ? null : plainInstant(row.finished_at),
  });
}
