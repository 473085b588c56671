import { describe, expect, it } from 'vitest';
import type { PullQuota } from '#src/activities/types.js';
import { createCallPacing, type PacingClock } from '#src/worker/call-pacing.js';
import { inProcessSteps } from '#src/worker/in-process.js';
import { createFakeSite, fakeExtract } from '../support/fake-site.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

const quota = (change: Partial<PullQuota> = {}): PullQuota => ({
  taskQueue: 'plumbline-quota-1',
  callsPerMinute: 60,
  callsPerStep: 2,
  ...change,
});

/** A clock that jumps to the end of each wait. */
function jumpingClock(): PacingClock & { ms: number; readonly waits: number[] } {
  const clock = {
    ms: 0,
    waits: [] as number[],
    nowMs: () => clock.ms,
    async wait(ms: number, signal: AbortSignal) {
      signal.throwIfAborted();
      clock.waits.push(ms);
      clock.ms += ms;
    },
  };
  return clock;
}

const { signal } = new AbortController();

describe('createCallPacing()', () => {
  it('lets the first step go at once and the others as fast as the budget refills', async () => {
    const clock = jumpingClock();
    const pace = createCallPacing(clock);
    for (let step = 0; step < 3; step++) await pace(quota(), signal);
    expect(clock.waits).toEqual([2_000, 2_000]);
  });

  it('does not save up what an idle time would have allowed', async () => {
    const clock = jumpingClock();
    const pace = createCallPacing(clock);
    await pace(quota(), signal);
    clock.ms += 600_000;
    await pace(quota(), signal);
    await pace(quota(), signal);
    expect(clock.waits).toEqual([2_000]);
  });

  it('gives steps that ask at the same time turns one after the other', async () => {
    const waits: number[] = [];
    const pace = createCallPacing({
      nowMs: () => 0,
      wait: async (ms) => {
        waits.push(ms);
      },
    });
    await Promise.all([1, 2, 3, 4].map(() => pace(quota({ callsPerMinute: 30, callsPerStep: 1 }), signal)));
    expect(waits).toEqual([2_000, 4_000, 6_000]);
  });

  it('holds each budget by itself', async () => {
    const clock = jumpingClock();
    const pace = createCallPacing(clock);
    await pace(quota(), signal);
    await pace(quota({ taskQueue: 'plumbline-quota-2' }), signal);
    expect(clock.waits).toEqual([]);
  });
});

describe('a run in this process', () => {
  it('paces each attempt of a pull under a budget, and no other step', async () => {
    const site = await createFakeSite({
      'connections.yaml': 'connections: { system: { connector: fake, owner: robin, options: { account: one } } }\n',
      'extracts/sales.yaml': extractsFile(fakeExtract('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    });
    try {
      const paced: PullQuota[] = [];
      const steps = inProcessSteps(site.services, signal, async (asked) => {
        paced.push(asked);
      });
      const configRevision = site.config().revision;
      const group = site.config().pullGroups[0]?.id ?? '';
      const plan = await steps.planRun({
        group,
        configRevision,
        logicalTime: '2026-03-05T05:30:00Z',
        trigger: 'once',
      });
      expect(paced).toEqual([]);
      expect(plan.quota).toMatchObject({ callsPerMinute: 60, callsPerStep: 2 });
      await steps.pullExtracts({ runId: plan.runId, extracts: ['sales'], ...(plan.quota && { quota: plan.quota }) });
      expect(paced).toEqual([plan.quota]);
    } finally {
      await site.dispose();
    }
  });

  it('is cancelled while it waits for its turn', async () => {
    const site = await createFakeSite({
      'extracts/sales.yaml': extractsFile(fakeExtract('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    });
    try {
      const stopping = new AbortController();
      const steps = inProcessSteps(site.services, stopping.signal, async () => {
        stopping.abort();
        stopping.signal.throwIfAborted();
      });
      const pulling = steps.pullExtracts({ runId: 'run', extracts: ['sales'], quota: quota() });
      await expect(pulling).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(site.system.opened).toBe(0);
    } finally {
      await site.dispose();
    }
  });
});
