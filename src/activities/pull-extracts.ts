import type { Extract } from '#src/config/types.js';
import { decideRevision } from '#src/domain/actual/decide-revision.js';
import { type MeasureWindow, planMeasure } from '#src/domain/collection/plan-measure.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isPeriodClosed } from '#src/domain/period/period.js';
import { compareInstants } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type {
  ActualRevision,
  CollectedSpan,
  MeasureProgress,
  NoValueRecord,
  PullRecord,
  RowBalance,
} from '#src/store/types.js';
import { extractOf, type RunContext, runContext } from './config-lookup.js';
import type { StepAttempt, StepServices } from './context.js';
import { type PeriodValue, periodValues } from './period-values.js';
import { RowTyping } from './typed-rows.js';
import type { PullCounts } from './types.js';

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
  const planned = await planExtract(services, context, extract);
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

async function planExtract(services: StepServices, context: RunContext, extract: Extract) {
  const { run, config } = context;
  const measures = context.measures.filter((measure) => measure.extract === extract.id);
  const addresses = measures.map((measure) => measure.address);
  const progress = await services.store.read.progress(addresses);
  const waiting = await services.store.read.waitingFrom(addresses);
  const collected = new Map(progress.map((each) => [each.measure, each]));
  return measures.map((measure) => {
    const { address, frequency } = measure;
    const waited = waiting.find((each) => each.measure === address && each.frequency === frequency);
    const before = foundBy(run.runId, collected.get(address), waited?.periodStart);
    return { measure, before, window: planMeasure(measure, before, config.site.historyMonths, run.logicalTime) };
  });
}

/** What a run found collected when it began: of a run that is repeated, what it found the first time. */
function foundBy(
  runId: string,
  progress: MeasureProgress | undefined,
  waitingFrom: CalendarDate | undefined,
): CollectedSpan | undefined {
  if (progress === undefined || progress.runId === runId) return progress?.before;
  const { valueDigest, collectedFrom, collectedTo } = progress;
  return { valueDigest, collectedFrom, collectedTo, ...(waitingFrom === undefined ? {} : { waitingFrom }) };
}

/**
 * A window that continues what was collected lengthens it; a run for an earlier time never shortens it. One that leaves a
 * gap before it changes nothing: the days between were not read.
 */
function spanAfter(measure: Measure, window: MeasureWindow, before: CollectedSpan | undefined) {
  if (before?.valueDigest !== measure.valueDigest) return { collectedFrom: window.start, collectedTo: window.end };
  const { collectedFrom, collectedTo } = before;
  if (window.end < collectedFrom) return { collectedFrom, collectedTo };
  return {
    collectedFrom: before.collectedFrom < window.start ? before.collectedFrom : window.start,
    collectedTo: before.collectedTo > window.end ? before.collectedTo : window.end,
  };
}

function revise(
  values: readonly PeriodValue[],
  planned: readonly { readonly measure: Measure; readonly before: CollectedSpan | undefined }[],
  current: readonly ActualRevision[],
  source: { readonly run: RunContext['run']; readonly extract: string; readonly digest: string; readonly at: string },
): ActualRevision[] {
  const known = new Map(current.map((actual) => [`${actual.measure} ${actual.period.id}`, actual]));
  const collectedTo = new Map(planned.map((each) => [each.measure.address, each.before?.collectedTo]));
  return values.flatMap(({ measure, period, aggregate, rejects }): ActualRevision[] => {
    const before = known.get(`${measure.address} ${period.id}`);
    const periodClosed = isPeriodClosed(period, source.run.logicalTime, measure.timeZone);
    // A later collection that found the same value wrote no revision, but has seen the period closed.
    const seenClosed = (collectedTo.get(measure.address) ?? '') > period.end;
    const periodClosedAtCurrent = before?.periodClosed === true || seenClosed;
    const reason = decideRevision({ current: before, computed: aggregate, periodClosedAtCurrent, periodClosed });
    if (reason === undefined || aggregate.value === undefined) return [];
    return [
      {
        measure: measure.address,
        period,
        revision: (before?.revision ?? 0) + 1,
        value: aggregate.value,
        reason,
        evidence: aggregate,
        rejects,
        periodClosed,
        extract: source.extract,
        sourceDigest: source.digest,
        runId: source.run.runId,
        recordedAt: source.at,
      },
    ];
  });
}

/**
 * Periods whose rows are there and give no value: a ratio without anything to divide by. They are not late. A period whose
 * cells are blank, whose rows are all of another kind, or some of whose rows were rejected, still waits for its value.
 */
function reportedWithoutValue(values: readonly PeriodValue[], runId: string, recordedAt: string): NoValueRecord[] {
  return values.flatMap(({ measure, period, aggregate: { reason }, rejects }) =>
    reason === 'zero_denominator' && rejects === 0
      ? [{ measure: measure.address, period, reason, runId, recordedAt }]
      : [],
  );
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
