import { setTimeout as delay } from 'node:timers/promises';
import type { StepLogger, StepServices } from '#src/activities/context.js';
import { pullQuota } from '#src/activities/pull/pull-quota.js';
import type { PullQuota } from '#src/activities/types.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import type { RunningWorker } from '#src/temporal/worker.js';

/** How long a newly applied connection with a budget waits for its worker, at the most. */
const LOOK_AGAIN_MS = 60_000;

/** Partitions of a task queue, by the server's default. */
const QUEUE_PARTITIONS = 4;

export interface QuotaWorkerOptions {
  /** The budgets that the applied configuration draws on. */
  readonly find: () => Promise<readonly PullQuota[]>;
  readonly start: (quota: PullQuota) => Promise<RunningWorker>;
  readonly logger: StepLogger;
  /** Until it is time to look again; rejects when `signal` is aborted. */
  readonly wait?: (signal: AbortSignal) => Promise<unknown>;
}

export interface QuotaWorkers {
  /** Asks all of them to stop, and waits until they have. Calling it twice is harmless. */
  stop(): Promise<void>;
}

interface Served {
  readonly quota: PullQuota;
  readonly worker: RunningWorker;
}

/**
 * Keeps one worker for the queue of each budget: those that the configuration has at the start, and those that come later.
 *
 * A budget whose rate was changed gets a new worker; one that ended by itself is started again. A queue that is no longer
 * configured keeps its worker, since runs of the revision before may still wait in it. Whatever cannot be found or started
 * is told and tried again at the next look.
 *
 * @returns after the first look
 */
export async function superviseQuotaWorkers(options: QuotaWorkerOptions): Promise<QuotaWorkers> {
  const { find, start, logger, wait = (signal) => delay(LOOK_AGAIN_MS, undefined, { signal, ref: false }) } = options;
  const stopping = new AbortController();
  const served = new Map<string, Served>();

  const serve = async (quota: PullQuota): Promise<void> => {
    const known = served.get(quota.taskQueue);
    if (known?.quota.callsPerMinute === quota.callsPerMinute) return;
    if (known !== undefined) await stopWorker(known.worker);
    if (stopping.signal.aborted) return;
    const worker = await start(quota);
    served.set(quota.taskQueue, { quota, worker });
    logger.info({ ...quota }, 'a worker serves the queue of a budget');
    const forget = (): void => {
      if (served.get(quota.taskQueue)?.worker === worker) served.delete(quota.taskQueue);
    };
    void worker.stopped.then(forget, forget);
  };
  const look = async (): Promise<void> => {
    try {
      for (const quota of await find()) {
        if (stopping.signal.aborted) return;
        await serve(quota).catch((error: unknown) => tell(error, quota.taskQueue));
      }
    } catch (error) {
      tell(error);
    }
  };
  const tell = (error: unknown, taskQueue?: string): void => {
    const { code, message } = toFailure(error);
    logger.warn(
      { code, error: message, ...(taskQueue === undefined ? {} : { taskQueue }) },
      'the queue of a budget could not be served; it is tried again',
    );
  };
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // Rejects only to end the watch.
      await wait(stopping.signal).catch(() => stopping.abort());
      if (!stopping.signal.aborted) await look();
    }
  };

  await look();
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await watching;
      await Promise.all([...served.values()].map(({ worker }) => stopWorker(worker)));
    },
  };
}

async function stopWorker(worker: RunningWorker): Promise<void> {
  worker.shutdown();
  // How it ended was its own to tell.
  await worker.stopped.catch(() => undefined);
}

/**
 * Steps a second that all workers of a budget's queue ask the server for.
 *
 * A little less than the budget: the server keeps a queue in partitions (four, unless it was set up otherwise), and after
 * an idle time hands out one step of each at once. With these set aside no minute has more than the budget; of a very
 * small budget half is left.
 */
export function queueStepsPerSecond({ callsPerMinute, callsPerStep }: PullQuota): number {
  const stepsPerMinute = callsPerMinute / callsPerStep;
  return Math.max(stepsPerMinute - QUEUE_PARTITIONS, stepsPerMinute / 2) / 60;
}

/** The budgets of the connections that the latest applied configuration reads, each once. */
export async function findQuotas(services: StepServices): Promise<readonly PullQuota[]> {
  const revision = await services.store.read.latestRevision();
  if (revision === undefined) return [];
  const config = await services.loadConfig(revision);
  const found = new Map<string, PullQuota>();
  for (const connection of new Set(config.pullGroups.map((group) => group.connection))) {
    try {
      const quota = await services.quotaOf(config, connection);
      if (quota === undefined) continue;
      const pull = pullQuota(config, quota);
      found.set(pull.taskQueue, lower(pull, found.get(pull.taskQueue)));
    } catch (error) {
      // One connection without its secret must not leave the others without a worker.
      const { code, message } = toFailure(error);
      services.logger.warn({ connection, code, error: message }, 'the budget of a connection could not be found');
    }
  }
  return [...found.values()];
}

/** Two connections may say different things of one account: the smaller budget is safe. */
const lower = (a: PullQuota, b: PullQuota | undefined): PullQuota =>
  b === undefined || a.callsPerMinute <= b.callsPerMinute ? a : b;
