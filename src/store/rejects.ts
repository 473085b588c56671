import type { Knex } from 'knex';
import type { Period } from '#src/domain/period/types.js';
import type { RejectRule } from '#src/domain/value/types.js';
import type { RejectFilter, RejectView } from './read-models/types.js';
import { columnsOf, plainInstant, toCount, withoutNulls } from './stored-values.js';
import type { RejectRecord } from './types.js';

/** Characters kept of a reject's raw text: enough to find it, however long the broken record was. */
export const STORED_RAW_LIMIT = 2_000;

interface RejectRow {
  readonly run_id: string;
  readonly extract_id: string;
  readonly ordinal: number | string;
  readonly locator: string;
  readonly column_name: string | null;
  readonly raw: string;
  readonly rule: RejectRule;
  readonly message: string;
  readonly remedy: string;
  readonly row_date: string | null;
}

const REJECT_COLUMNS = columnsOf('reject', [
  'run_id',
  'extract_id',
  'ordinal',
  'locator',
  'column_name',
  'raw',
  'rule',
  'message',
  'remedy',
  'row_date',
]);

/** Pull by pull from the newest on, so that a long history of rejects is never sorted. */
export async function rejectsOf(db: Knex, filter: RejectFilter): Promise<RejectView[]> {
  const { runId, extract, limit } = filter;
  const found: RejectView[] = [];
  const pulls: { run_id: string; extract_id: string; logical_time: string }[] = await db('run_pull')
    .where('run_pull.rows_rejected', '>', 0)
    .modify((query) => {
      if (runId !== undefined) query.where('run_pull.run_id', runId);
      if (extract !== undefined) query.where('run_pull.extract_id', extract);
    })
    .orderBy([
      { column: 'run_pull.logical_time', order: 'desc' },
      { column: 'run_pull.extract_id', order: 'asc' },
    ])
    // Each of these pulls has a reject to show.
    .limit(limit)
    .select('run_pull.run_id', 'run_pull.extract_id', 'run_pull.logical_time');
  for (const pull of pulls) {
    if (found.length >= limit) break;
    const rows: RejectRow[] = await ofPull(db, pull.run_id, pull.extract_id)
      .orderBy('reject.ordinal')
      .limit(limit - found.length)
      .select(REJECT_COLUMNS);
    const place = { runId: pull.run_id, extract: pull.extract_id, logicalTime: plainInstant(pull.logical_time) };
    found.push(...rows.map((row) => ({ ...fromRow(row), ...place })));
  }
  return found;
}

/** The first rejects of a pull, in the order of the source. */
export async function firstRejects(db: Knex, runId: string, extract: string, limit: number): Promise<RejectRecord[]> {
  const rows: RejectRow[] = await ofPull(db, runId, extract)
    .orderBy('reject.ordinal')
    .limit(limit)
    .select(REJECT_COLUMNS);
  return rows.map(fromRow);
}

/** Rejects of a pull whose day lies in the period, or could not be read. */
export async function rejectsConcerning(
  db: Knex,
  pull: { readonly runId: string; readonly extract: string },
  period: Period,
  limit: number,
): Promise<{ shown: RejectRecord[]; total: number }> {
  const concerned = inPeriod(db, pull, period);
  const total = await rejectsIn(db, pull, period);
  const rows: RejectRow[] = await concerned.orderBy('reject.ordinal').limit(limit).select(REJECT_COLUMNS);
  return { shown: rows.map(fromRow), total };
}

/** How many of them there are. */
export async function rejectsIn(
  db: Knex,
  pull: { readonly runId: string; readonly extract: string },
  period: Period,
): Promise<number> {
  const counted: { total: number | string } | undefined = await inPeriod(db, pull, period)
    .count({ total: '*' })
    .first();
  return toCount(counted?.total ?? 0);
}

function inPeriod(
  db: Knex,
  pull: { readonly runId: string; readonly extract: string },
  period: Period,
): Knex.QueryBuilder {
  return ofPull(db, pull.runId, pull.extract).where((either) => {
    either
      .whereNull('reject.row_date')
      .orWhere((within) =>
        within.where('reject.row_date', '>=', period.start).where('reject.row_date', '<', period.end),
      );
  });
}

export function rejectToRow(reject: RejectRecord, runId: string, extract: string) {
  return {
    run_id: runId,
    extract_id: extract,
    ordinal: reject.ordinal,
    locator: reject.locator,
    column_name: reject.column ?? null,
    raw: reject.raw.length > STORED_RAW_LIMIT ? `${reject.raw.slice(0, STORED_RAW_LIMIT)}…` : reject.raw,
    rule: reject.rule,
    message: reject.message,
    remedy: reject.remedy,
    row_date: reject.date ?? null,
  } satisfies RejectRow;
}

function ofPull(db: Knex, runId: string, extract: string): Knex.QueryBuilder {
  return db('reject').where({ 'reject.run_id': runId, 'reject.extract_id': extract });
}

function fromRow(row: RejectRow): RejectRecord {
  return withoutNulls({
    ordinal: toCount(row.ordinal),
    locator: row.locator,
    column: row.column_name,
    raw: row.raw,
    rule: row.rule,
    message: row.message,
    remedy: row.remedy,
    date: row.row_date,
  });
}
