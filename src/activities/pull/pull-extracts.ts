import type { PlannedCall } from '#connectors/sdk/plan.js';
import type { Source } from '#connectors/sdk/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';
import { isRefusal } from '#src/domain/failure/source-pause.js';
import { compareInstants } from '#src/domain/period/period-instants.js';
import type { PullRecord } from '#src/store/types.js';
import { extractOf, type RunContext, runContext } from '../config-lookup.js';
import type { StepAttempt, StepServices } from '../context.js';
import type { PullCounts, PullRequest } from '../types.js';
import { type ExtractAccess, pullExtract } from './pull-extract.js';
import { pauseOf } from './source-pause.js';

/**
 * Pulls each extract once for all its measures, over one source that is opened once.
 *
 * An extract that this run has already committed is not read again. What cannot be mended by trying again is
 * recorded as this extract's failure, and the others go on; what can is thrown after the others are done,
 * until the last attempt, which records it too. Once a connection has refused the account, nothing more is asked of it.
 */
export async function pullExtracts(
  services: StepServices,
  request: PullRequest,
  attempt: StepAttempt,
): Promise<PullCounts> {
  const context = await runContext(services, request.runId);
  const known = new Map((await services.store.read.pulls(request.runId)).map((pull) => [pull.extract, pull]));
  const isOwn = (record: PullRecord): boolean => compareInstants(record.at, context.run.startedAt) >= 0;
  const isDone = (record: PullRecord | undefined): record is PullRecord => record?.outcome === 'ok' && isOwn(record);
  const waiting = request.extracts.filter((id) => !isDone(known.get(id)));
  const records = request.extracts.flatMap((id) => known.get(id) ?? []).filter(isDone);
  const own = [...known.values()].filter(isOwn);
  const access = accessTo(services, context, { ...request, extracts: waiting }, own, attempt.signal);
  let retryable: PlumblineError | undefined;
  let revisions = 0;
  try {
    for (const id of waiting) {
      attempt.signal.throwIfAborted();
      try {
        const pulled = await pullExtract(services, context, extractOf(context.config, id), known.get(id), access);
        records.push(pulled.record);
        revisions += pulled.revisions;
      } catch (error) {
        const failure = toFailure(error);
        if (attempt.signal.aborted || failure.kind === 'cancelled') throw error;
        const before = known.get(id);
        if (error === access.pause && before?.outcome === 'failed' && isRefusal(before.failure)) {
          // It stays the attempt that was made, with its time: nothing was tried since.
          records.push(before);
          continue;
        }
        if (error instanceof PlumblineError && isRefusal(error)) access.pause ??= error;
        if (error instanceof PlumblineError && FAILURE_KINDS[error.kind].retry && !attempt.last) {
          retryable ??= error;
          continue;
        }
        const { code, kind } = failure;
        services.logger.warn({ runId: request.runId, extract: id, code, kind }, 'an extract could not be pulled');
        const place = { runId: request.runId, extract: id, at: services.now() };
        const record: PullRecord = { outcome: 'failed', failure, ...place };
        await services.store.write((writer) => writer.savePull(record, []));
        records.push(record);
      }
    }
  } finally {
    await access.close();
  }
  if (retryable !== undefined) throw retryable;
  return countsOf(records, revisions);
}

interface StepAccess extends ExtractAccess {
  /** Why the connection is asked no more; set by the first refusal. */
  pause: PlumblineError | undefined;
  close(): Promise<void>;
}

/**
 * One source and one plan for all extracts of the step, made when the first of them asks.
 *
 * @param own what the run has recorded since it was started
 */
function accessTo(
  services: StepServices,
  context: RunContext,
  { extracts, quota }: PullRequest,
  own: readonly PullRecord[],
  signal: AbortSignal,
): StepAccess {
  const { config, group } = context;
  let judged: Promise<PlumblineError | undefined> | undefined;
  let source: Promise<Source<unknown>> | undefined;
  let calls: Promise<readonly PlannedCall<unknown>[]> | undefined;
  const call = async (extract: string): Promise<PlannedCall<unknown>> => {
    // Of the extracts that are still to be read: what an earlier attempt has committed costs no part of an answer.
    calls ??= services.planCalls(config, group.connection, extracts);
    const found = (await calls).find(({ requests }) => requests.some((each) => each.extract === extract));
    if (found === undefined) {
      throw new PlumblineError('defect', 'BUG_PLAN_INCOMPLETE', `No planned call reads the extract "${extract}".`);
    }
    if (quota !== undefined && found.upstreamCalls > quota.callsPerStep) throw overQuota(extract, found, quota);
    return found;
  };
  const access: StepAccess = {
    pause: undefined,
    source: async () => {
      judged ??= pauseOf(services, context, own);
      access.pause ??= await judged;
      if (access.pause !== undefined) throw access.pause;
      source ??= services.openSource(config, group.connection);
      return source;
    },
    call,
    signal,
    close: async () => {
      // One that could not be opened has failed its extracts already.
      const opened = await source?.catch(() => undefined);
      await opened?.close();
    },
  };
  return access;
}

function overQuota(
  extract: string,
  { upstreamCalls, description }: PlannedCall<unknown>,
  { callsPerStep }: NonNullable<PullRequest['quota']>,
): PlumblineError {
  return new PlumblineError(
    'defect',
    'BUG_CALL_OVER_QUOTA',
    `Pulling "${extract}" would send ${upstreamCalls} requests at once (${description}), and a step under a budget may send ${callsPerStep}.`,
    { remedy: 'This is a fault of the connector: its plan must make smaller calls.' },
  );
}

function countsOf(records: readonly PullRecord[], revisions: number): PullCounts {
  const balances = records.flatMap((record) => record.balance ?? []);
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
