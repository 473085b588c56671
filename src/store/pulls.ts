import type { Knex } from 'knex';
import { NOT_READ_DIGEST } from '#src/domain/collection/not-read.js';
import { FAILURE_KINDS, type FailureKind } from '#src/domain/failure/failure-kind.js';
import { isRefusal, SOURCE_PAUSED } from '#src/domain/failure/source-pause.js';
import { compareInstants } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { insertRows, replaceRows } from './bulk-rows.js';
import { overIds } from './over-ids.js';
import type { PullView } from './read-models/types.js';
import { rejectToRow } from './rejects.js';
import { run, unknownRun } from './runs.js';
import { columnsOf, fromJson, plainInstant, storedInstant, toCount, withoutNulls } from './stored-values.js';
import type { PullRecord, PullTime, PullWatermark, RejectRecord, RowBalance, RowEvidence } from './types.js';

/** Rejects stored of one pull; the balance counts all of them. */
export const STORED_REJECTS_LIMIT = 10_000;

interface PullRow {
  readonly run_id: string;
  readonly extract_id: string;
  readonly logical_time: string;
  readonly pulled_at: string;
  readonly outcome: 'ok' | 'failed';
  readonly rows_seen: number | string | null;
  readonly rows_used: number | string | null;
  readonly rows_rejected: number | string | null;
  readonly rows_skipped: string | null;
  readonly digest: string | null;
  readonly description: string | null;
  readonly failure_kind: FailureKind | null;
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly failure_remedy: string | null;
  readonly watermark: string | null;
  readonly repaired: string | null;
  readonly notes: string | null;
  readonly newest_day: string | null;
  readonly blank_periods: string | null;
}

const EMPTY_OUTCOME = {
  rows_seen: null,
  rows_used: null,
  rows_rejected: null,
  rows_skipped: null,
  digest: null,
  description: null,
  failure_kind: null,
  failure_code: null,
  failure_message: null,
  failure_remedy: null,
  watermark: null,
  repaired: null,
  notes: null,
  newest_day: null,
  blank_periods: null,
} satisfies Partial<PullRow>;

const PULL_COLUMNS = columnsOf('run_pull', [
  'run_id',
  'extract_id',
  'logical_time',
  'pulled_at',
  'outcome',
  ...Object.keys(EMPTY_OUTCOME),
]);

/** Replaces the record and the rejects of the same run and extract. */
export async function savePull(db: Knex, pull: PullRecord, rejects: readonly RejectRecord[]): Promise<void> {
  const opened = await run(db, pull.runId);
  if (opened === undefined) throw unknownRun(pull.runId);
  await replaceRows(db, 'run_pull', ['run_id', 'extract_id'], [toRow(pull, opened.logicalTime)]);
  await db('reject').where({ run_id: pull.runId, extract_id: pull.extract }).delete();
  const stored = rejects.slice(0, STORED_REJECTS_LIMIT);
  await insertRows(
    db,
    'reject',
    stored.map((reject) => rejectToRow(reject, pull.runId, pull.extract)),
  );
}

/** By extract. */
export async function pulls(db: Knex, runId: string): Promise<PullRecord[]> {
  const rows: PullRow[] = await db('run_pull')
    .where('run_pull.run_id', runId)
    .orderBy('run_pull.extract_id')
    .select(PULL_COLUMNS);
  return rows.map((row) => withoutLogicalTime(fromRow(row)));
}

export async function pull(db: Knex, runId: string, extract: string): Promise<PullView | undefined> {
  const row: PullRow | undefined = await db('run_pull')
    .where({ 'run_pull.run_id': runId, 'run_pull.extract_id': extract })
    .first(PULL_COLUMNS);
  return row === undefined ? undefined : fromRow(row);
}

/** One look into the index an extract: the history of pulls is long, the list of extracts short. */
export async function latestPulls(db: Knex, extracts: readonly string[]): Promise<PullView[]> {
  const latest: PullView[] = [];
  for (const extract of new Set(extracts)) {
    const row: PullRow | undefined = await db('run_pull')
      .where('run_pull.extract_id', extract)
      .orderBy([
        { column: 'run_pull.logical_time', order: 'desc' },
        { column: 'run_pull.pulled_at', order: 'desc' },
      ])
      .first(PULL_COLUMNS);
    if (row !== undefined) latest.push(fromRow(row));
  }
  return latest;
}

export async function lastRead(db: Knex, extract: string): Promise<PullView | undefined> {
  const row: PullRow | undefined = await db('run_pull')
    .where({ 'run_pull.extract_id': extract, 'run_pull.outcome': 'ok' })
    .whereRaw("coalesce(run_pull.digest, '') <> ?", [NOT_READ_DIGEST])
    .orderBy([
      { column: 'run_pull.logical_time', order: 'desc' },
      { column: 'run_pull.pulled_at', order: 'desc' },
    ])
    .first(PULL_COLUMNS);
  return row === undefined ? undefined : fromRow(row);
}

type Attempt = PullView & { readonly configRevision: string };

/** Kinds that are looked for first among pulls of one nominal time. */
const REFUSALS = Object.entries(FAILURE_KINDS).flatMap(([kind, { pauseHours }]) => (pauseHours > 0 ? [kind] : []));
const REFUSED_FIRST = `case when run_pull.failure_kind in (${REFUSALS.map(() => '?').join(', ')}) then 0 else 1 end`;

export async function newestAttempt(
  db: Knex,
  extracts: readonly string[],
  from: Instant,
): Promise<Attempt | undefined> {
  const newest = await overIds(db, extracts, async (among) => {
    const rows: (PullRow & { readonly config_revision: string })[] = await db('run_pull')
      .join('run', 'run.run_id', 'run_pull.run_id')
      .where(among('run_pull.extract_id'))
      .where('run_pull.logical_time', '>=', storedInstant(from))
      .whereRaw("coalesce(run_pull.failure_kind, '') <> ?", ['config'])
      .whereRaw("coalesce(run_pull.failure_code, '') <> ?", [SOURCE_PAUSED])
      .whereRaw("coalesce(run_pull.digest, '') <> ?", [NOT_READ_DIGEST])
      .orderBy('run_pull.logical_time', 'desc')
      .orderByRaw(REFUSED_FIRST, REFUSALS)
      .orderBy('run_pull.pulled_at', 'desc')
      .limit(1)
      .select([...PULL_COLUMNS, 'run.config_revision']);
    return rows.map((row) => ({ ...fromRow(row), configRevision: row.config_revision }));
  });
  return newest.toSorted(newestFirst)[0];
}

function newestFirst(a: Attempt, b: Attempt): number {
  const refused = (each: Attempt): number => (each.outcome === 'failed' && isRefusal(each.failure) ? 0 : 1);
  return compareInstants(b.logicalTime, a.logicalTime) || refused(a) - refused(b) || compareInstants(b.at, a.at);
}

/** By the index on (extract, logical time); the newest pull that left a watermark decides. */
export async function latestWatermark(db: Knex, extract: string, before: Instant): Promise<PullWatermark | undefined> {
  const row: Pick<PullRow, 'watermark'> | undefined = await db('run_pull')
    .where({ 'run_pull.extract_id': extract, 'run_pull.outcome': 'ok' })
    .where('run_pull.logical_time', '<', storedInstant(before))
    .whereNotNull('run_pull.watermark')
    .orderBy('run_pull.logical_time', 'desc')
    .first('run_pull.watermark');
  return fromJson<PullWatermark>(row?.watermark ?? null) ?? undefined;
}

/** What the rows of the last good pull before a nominal time showed; a pull of changes alone goes on from there. */
export async function latestRowEvidence(db: Knex, extract: string, before: Instant): Promise<RowEvidence> {
  const row: Pick<PullRow, 'newest_day' | 'blank_periods'> | undefined = await db('run_pull')
    .where({ 'run_pull.extract_id': extract, 'run_pull.outcome': 'ok' })
    .where('run_pull.logical_time', '<', storedInstant(before))
    .orderBy('run_pull.logical_time', 'desc')
    .first('run_pull.newest_day', 'run_pull.blank_periods');
  return row === undefined ? {} : rowEvidenceOf(row);
}

function rowEvidenceOf(row: Pick<PullRow, 'newest_day' | 'blank_periods'>): RowEvidence {
  return withoutNulls({
    newestDay: row.newest_day,
    blankPeriods: fromJson<RowEvidence['blankPeriods'] & object>(row.blank_periods),
  });
}

export async function pullTimes(db: Knex, extract: string, from: Instant, to: Instant): Promise<PullTime[]> {
  const rows: Pick<PullRow, 'logical_time' | 'pulled_at'>[] = await db('run_pull')
    .where({ 'run_pull.extract_id': extract, 'run_pull.outcome': 'ok' })
    .where('run_pull.logical_time', '>=', storedInstant(from))
    .where('run_pull.logical_time', '<', storedInstant(to))
    .orderBy('run_pull.logical_time')
    .select('run_pull.logical_time', 'run_pull.pulled_at');
  return rows.map((row) => ({ logicalTime: plainInstant(row.logical_time), at: plainInstant(row.pulled_at) }));
}

function toRow(pull: PullRecord, logicalTime: string) {
  const shared = {
    run_id: pull.runId,
    extract_id: pull.extract,
    logical_time: storedInstant(logicalTime),
    pulled_at: storedInstant(pull.at),
    outcome: pull.outcome,
    ...EMPTY_OUTCOME,
    notes: toJson(pull.notes),
  };
  if (pull.outcome === 'failed') {
    return {
      ...shared,
      ...(pull.balance === undefined ? {} : balanceColumns(pull.balance)),
      failure_kind: pull.failure.kind,
      failure_code: pull.failure.code,
      failure_message: pull.failure.message,
      failure_remedy: pull.failure.remedy ?? null,
    } satisfies PullRow;
  }
  return {
    ...shared,
    ...balanceColumns(pull.balance),
    digest: pull.digest,
    description: JSON.stringify(pull.description),
    watermark: toJson(pull.watermark),
    repaired: toJson(pull.repaired),
    newest_day: pull.newestDay ?? null,
    blank_periods: toJson(pull.blankPeriods),
  } satisfies PullRow;
}

function balanceColumns({ seen, used, rejected, skipped }: RowBalance) {
  return {
    rows_seen: seen,
    rows_used: used,
    rows_rejected: rejected,
    rows_skipped: JSON.stringify(skipped),
  } satisfies Partial<PullRow>;
}

function balanceOf(row: PullRow): RowBalance {
  return {
    seen: toCount(row.rows_seen ?? 0),
    used: toCount(row.rows_used ?? 0),
    rejected: toCount(row.rows_rejected ?? 0),
    skipped: JSON.parse(row.rows_skipped ?? '{}'),
  };
}

const toJson = (content: unknown): string | null => (content === undefined ? null : JSON.stringify(content));

function fromRow(row: PullRow): PullView {
  const shared = {
    runId: row.run_id,
    extract: row.extract_id,
    logicalTime: plainInstant(row.logical_time),
    at: plainInstant(row.pulled_at),
    ...withoutNulls({ notes: fromJson<readonly string[]>(row.notes) }),
  };
  if (row.outcome === 'failed') {
    const failure = withoutNulls({
      kind: row.failure_kind ?? 'defect',
      code: row.failure_code ?? '',
      message: row.failure_message ?? '',
      remedy: row.failure_remedy,
    });
    return { ...shared, outcome: 'failed', failure, ...(row.rows_seen === null ? {} : { balance: balanceOf(row) }) };
  }
  return {
    ...shared,
    outcome: 'ok',
    balance: balanceOf(row),
    digest: row.digest ?? '',
    description: JSON.parse(row.description ?? '[]'),
    ...withoutNulls({
      watermark: fromJson<PullWatermark>(row.watermark),
      repaired: fromJson<Readonly<Record<string, number>>>(row.repaired),
    }),
    ...rowEvidenceOf(row),
  };
}

function withoutLogicalTime({ logicalTime: _, ...record }: PullView): PullRecord {
  return record;
}
