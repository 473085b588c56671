import type { Extract } from '#src/config/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';
import { compareInstants } from '#src/domain/period/period-instants.js';
import type { PullRecord, RowBalance } from '#src/store/types.js';
import { extractOf, type RunContext, runContext } from '../config-lookup.js';
import type { StepAttempt, StepServices } from '../context.js';
import type { PullCounts } from '../types.js';
import { periodValues } from './period-values.js';
import { planExtract, spanAfter } from './plan-extract.js';
import { reportedWithoutValue, revise } from './revise.js';
import { RowTyping } from './typed-rows.js';

/**
 * Pulls each extract once for all its measures and commits rows' values, rejects and progress together.
 *
 * An extract that this run has already committed is not read again. What cannot be mended by trying again is
 * recorded as this extract's failure, and the others go on; what can is thrown after the others are done,
 * until the last attempt, which records it too.
 */
export async function pullExtracts(
  services: StepServices,
  request: { readonly runId: string; readonly extracts: readonly string[] },
  attempt: StepAttempt,
): Promise<PullCounts> {
  const context = await runContext(services, request.runId);
  const done = new Map((await services.store.read.pulls(request.runId)).map((pull) => [pull.extract, pull]));
  let retryable: PlumblineError | undefined;
  let revisions = 0;
  const records: PullRecord[] = [];
  for (const id of request.extracts) {
    attempt.signal.throwIfAborted();
    const earlier = done.get(id);
    if (earlier?.outcome === 'ok' && compareInstants(earlier.at, context.run.startedAt) >= 0) {
      records.push(earlier);
      continue;
    }
    try {
      const pulled = await pullExtract(services, context, extractOf(context.config, id), attempt.signal);
      records.push(pulled.record);
      revisions += pulled.revisions;
    } catch (error) {
      const failure = toFailure(error);
      if (attempt.signal.aborted || failure.kind === 'cancelled') throw error;
      if (error instanceof PlumblineError && FAILURE_KINDS[error.kind].retry && !attempt.last) {
        retryable ??= error;
        continue;
      }
      services.logger.warn(
        { runId: request.runId, extract: id, code: failure.code, kind: failure.kind },
        'an extract could not be pulled',
      );
      const record: PullRecord = { outcome: 'failed', failure, runId: request.runId, extract: id, at: services.now() };
      await services.store.write((writer) => writer.savePull(record, []));
      records.push(record);
    }
  }
  if (retryable !== undefined) throw retryable;
  return countsOf(records, revisions);
}

async function pullExtract(services: StepServices, context: RunContext, extract: Extract, signal: AbortSignal) {
  const { run, config } = context;
  const planned = await planExtract(services.store.read, context, extract);
  const window = {
    start: planned.map((each) => each.window.start).reduce((a, b) => (a < b ? a : b)),
    end: planned.map((each) => each.window.end).reduce((a, b) => (a > b ? a : b)),
  };
  const typing = new RowTyping(extract, window, config.site.timeZone);
  const source = await services.openSource(config, extract.connection);
  let digest: string;
  let description: readonly string[];
  try {
    const rows = source.read({
      extract: extract.id,
      options: extract.source,
      columns: extract.columns.map((column) => column.sourceName),
      window,
      limits: extract.limits,
      signal,
    });
    let next = await rows.next();
    for (; next.done !== true; next = await rows.next()) typing.add(next.value);
    ({ digest, description } = next.value);
  } finally {
    await source.close();
  }
  const balance = typing.balance();
  assertAccounted(extract.id, balance);
  const values = await periodValues(extract, planned, typing.observations(), typing.rejects, signal);
  const at = services.now();
  const record: PullRecord = { outcome: 'ok', balance, digest, description, runId: run.runId, extract: extract.id, at };
  const revisions = await services.store.write(async (writer, reader) => {
    const current = await reader.currentActuals(
      planned.map((each) => each.measure.address),
      window.start,
    );
    const decided = revise(values, planned, current, { run, extract: extract.id, digest, at });
    await writer.savePull(record, typing.rejects);
    await writer.appendActuals(decided);
    await writer.saveNoValues(reportedWithoutValue(values, run.runId, at));
    await writer.saveProgress(
      planned.map(({ measure, window: own, before }) => ({
        measure: measure.address,
        runId: run.runId,
        valueDigest: measure.valueDigest,
        ...spanAfter(measure, own, before),
        ...(before === undefined ? {} : { before }),
      })),
    );
    return decided.length;
  });
  services.logger.info(
    {
      runId: run.runId,
      extract: extract.id,
      seen: balance.seen,
      used: balance.used,
      rejected: balance.rejected,
      revisions,
    },
    'an extract was pulled',
  );
  return { record, revisions };
}

/** Invariant: every row of the source is used, rejected or skipped by a named rule. */
function assertAccounted(extract: string, balance: RowBalance): void {
  const skipped = sum(Object.values(balance.skipped));
  if (balance.seen === balance.used + balance.rejected + skipped) return;
  throw new PlumblineError(
    'defect',
    'BUG_ROWS_UNACCOUNTED',
    `Pulling "${extract}" saw ${balance.seen} rows but used ${balance.used}, rejected ${balance.rejected} and skipped ${skipped}.`,
  );
}

function countsOf(records: readonly PullRecord[], revisions: number): PullCounts {
  const balances = records.flatMap((record) => (record.outcome === 'ok' ? [record.balance] : []));
  return {
    seen: sum(balances.map((balance) => balance.seen)),
    used: sum(balances.map((balance) => balance.used)),
    rejected: sum(balances.map((balance) => balance.rejected)),
    skipped: sum(balances.flatMap((balance) => Object.values(balance.skipped))),
    revisions,
    failedExtracts: records.filter((record) => record.outcome === 'failed').map((record) => record.extract),
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
