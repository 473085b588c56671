import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { PullQuota } from '#src/activities/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { RunningWorker } from '#src/temporal/worker.js';
import {
  findQuotas,
  type QuotaWorkerOptions,
  queueStepsPerSecond,
  superviseQuotaWorkers,
} from '#src/worker/quota-workers.js';
import { createFakeSite, fakeExtract } from '../support/fake-site.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

const quota = (name: string, callsPerMinute = 60): PullQuota => ({
  taskQueue: `plumbline-quota-${name}`,
  callsPerMinute,
  callsPerStep: 2,
});

/** A worker in name only: it runs until it is asked to stop, or told to die. */
function fakeWorker(): RunningWorker & { readonly die: () => void } {
  let end = (): void => undefined;
  let state = 'RUNNING';
  const stopped = new Promise<void>((resolve) => {
    end = () => {
      state = 'STOPPED';
      resolve();
    };
  });
  return { stopped, shutdown: () => end(), die: () => end(), state: () => state };
}

/** The supervisor over workers in name only, looking again when the test says so. */
async function supervised(first: readonly PullQuota[]) {
  let found: readonly PullQuota[] | Error = first;
  const started: { readonly quota: PullQuota; readonly worker: ReturnType<typeof fakeWorker> }[] = [];
  const told: string[] = [];
  let refuse: Error | undefined;
  let lookAgain = (): void => undefined;
  const options: QuotaWorkerOptions = {
    find: async () => {
      if (found instanceof Error) throw found;
      return found;
    },
    start: async (each) => {
      if (refuse !== undefined) throw refuse;
      const worker = fakeWorker();
      started.push({ quota: each, worker });
      return worker;
    },
    logger: { info: () => undefined, warn: (fields) => told.push(String(fields['code'])) },
    wait: (signal) =>
      new Promise<void>((resolve, reject) => {
        lookAgain = resolve;
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  const workers = await superviseQuotaWorkers(options);
  return {
    workers,
    started,
    told,
    refuse: (error: Error | undefined) => {
      refuse = error;
    },
    look: async (next: readonly PullQuota[] | Error) => {
      found = next;
      lookAgain();
      await nextTurn();
      await nextTurn();
    },
    running: () =>
      started.filter(({ worker }) => worker.state() === 'RUNNING').map((each) => each.quota.taskQueue.slice(-1)),
  };
}

describe('superviseQuotaWorkers()', () => {
  it('serves the queue of every budget there is at the start', async () => {
    const { running, workers } = await supervised([quota('a'), quota('b')]);
    expect(running()).toEqual(['a', 'b']);
    await workers.stop();
    expect(running()).toEqual([]);
  });

  it('serves the budget of a connection that is applied later, and starts no second worker for the others', async () => {
    const { look, running, workers } = await supervised([quota('a')]);
    await look([quota('a'), quota('b')]);
    expect(running()).toEqual(['a', 'b']);
    await workers.stop();
  });

  it('goes on serving a queue that is no longer configured: earlier runs may wait in it', async () => {
    const { look, running, workers } = await supervised([quota('a')]);
    await look([]);
    expect(running()).toEqual(['a']);
    await workers.stop();
  });

  it('asks for another rate by another worker, the first one stopped before', async () => {
    const { look, running, started, workers } = await supervised([quota('a', 60)]);
    await look([quota('a', 30)]);
    expect(running()).toEqual(['a']);
    expect(started.map((each) => each.quota.callsPerMinute)).toEqual([60, 30]);
    await workers.stop();
  });

  it('starts anew where a worker has ended by itself', async () => {
    const { look, started, running, workers } = await supervised([quota('a')]);
    started[0]?.worker.die();
    await nextTurn();
    await look([quota('a')]);
    expect(running()).toEqual(['a']);
    expect(started).toHaveLength(2);
    await workers.stop();
  });

  it('tells of a store that cannot be read, keeps its workers and looks again', async () => {
    const { look, running, told, workers } = await supervised([quota('a')]);
    await look(new PlumblineError('transient', 'STORE_UNREACHABLE', 'away'));
    expect([told, running()]).toEqual([['STORE_UNREACHABLE'], ['a']]);
    await look([quota('a'), quota('b')]);
    expect(running()).toEqual(['a', 'b']);
    await workers.stop();
  });

  it('tries again to start what could not be started, and the others meanwhile', async () => {
    const { look, refuse, running, told, workers } = await supervised([]);
    refuse(new PlumblineError('transient', 'TEMPORAL_UNREACHABLE', 'away'));
    await look([quota('a'), quota('b')]);
    expect([told, running()]).toEqual([['TEMPORAL_UNREACHABLE', 'TEMPORAL_UNREACHABLE'], []]);
    refuse(undefined);
    await look([quota('a'), quota('b')]);
    expect(running()).toEqual(['a', 'b']);
    await workers.stop();
  });

  it('stops once, and starts nothing after', async () => {
    const { look, running, workers } = await supervised([quota('a')]);
    await Promise.all([workers.stop(), workers.stop()]);
    await look([quota('b')]);
    expect(running()).toEqual([]);
  });
});

describe('queueStepsPerSecond()', () => {
  it('leaves room in each minute for the steps that an idle queue hands out at once', () => {
    const rate = queueStepsPerSecond(quota('a', 60));
    expect(rate * 60 + 4).toBeCloseTo(30, 9);
  });

  it('is above 0 for the smallest budget', () => {
    expect(queueStepsPerSecond(quota('a', 1))).toBeGreaterThan(0);
  });
});

describe('findQuotas()', () => {
  it('finds the budget of the latest applied configuration, one queue an account', async () => {
    const connection = (account: string): string => `connections:
  system: { connector: fake, owner: robin, options: { account: ${account}, calls_per_minute: 30 } }
  other: { connector: fake, owner: robin, options: { account: one, calls_per_minute: 50 } }
  free: { connector: fake, owner: robin, options: {} }
`;
    const of = (id: string, from: string): string =>
      fakeExtract(id).replace('connection: system', `connection: ${from}`);
    const site = await createFakeSite({
      'connections.yaml': connection('one'),
      'extracts/all.yaml': extractsFile(of('a', 'system'), of('b', 'other'), of('c', 'free')),
      'scorecards/company.yaml': scorecardFile(
        measureOf('a', 'a', 'monthly'),
        measureOf('b', 'b', 'monthly'),
        measureOf('c', 'c', 'monthly'),
      ),
    });
    try {
      const one = await findQuotas(site.services);
      expect(one).toEqual([
        { taskQueue: expect.stringMatching(/^plumbline-quota-[0-9a-f]{8}$/), callsPerMinute: 30, callsPerStep: 2 },
      ]);
      await site.apply({ 'connections.yaml': connection('two') });
      const two = await findQuotas(site.services);
      expect(two.map((each) => each.callsPerMinute).sort()).toEqual([30, 50]);
      expect(new Set([...one, ...two].map((each) => each.taskQueue)).size).toBe(2);
    } finally {
      await site.dispose();
    }
  });
});
