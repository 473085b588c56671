// The orchestration over hand-written steps: what it does when steps fail or the run is cancelled.
import { describe, expect, it } from 'vitest';
import type { CollectSteps, PullCounts, PullRequest } from '#src/activities/types.js';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';
import { collectRun, type RunnerPort } from '#src/workflows/collect-run.js';
import { deliverRun } from '#src/workflows/deliver-run.js';

const request = { group: 'g', configRevision: 'r', logicalTime: '2026-01-01T00:00:00Z', trigger: 'once' } as const;
const counts = (used: number): PullCounts => ({
  seen: used,
  used,
  rejected: 0,
  skipped: 0,
  revisions: used,
  failedExtracts: [],
});

class Steps implements CollectSteps {
  readonly calls: string[] = [];
  readonly batches: readonly (readonly string[])[];
  underWay = 0;
  mostUnderWay = 0;

  constructor(batches: readonly (readonly string[])[]) {
    this.batches = batches;
  }

  async planRun() {
    return { runId: 'run', batches: this.batches };
  }
  async pullExtracts({ extracts }: { extracts: readonly string[] }): Promise<PullCounts> {
    this.calls.push(`pull ${extracts.join()}`);
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    await new Promise((resolve) => setTimeout(resolve, 5));
    this.underWay -= 1;
    return counts(extracts.length);
  }
  async recordPullFailure({ extracts, failure }: Parameters<CollectSteps['recordPullFailure']>[0]) {
    this.calls.push(`record ${extracts.join()} ${failure.code}`);
  }
  async scoreRun() {
    this.calls.push('score');
    return { scoresChanged: 1 };
  }
  async assessRun() {
    this.calls.push('assess');
    return { opened: 0, resolved: 0 };
  }
  async closeRun({ ended }: Parameters<CollectSteps['closeRun']>[0]) {
    this.calls.push(`close ${ended}`);
    return { state: 'done' as const };
  }
}

const runner: RunnerPort = {
  failureOf: (error) => {
    const failure = toFailure(error);
    return failure.kind === 'cancelled' ? 'cancelled' : failure;
  },
  shielded: (work) => work(),
};

describe('collectRun()', () => {
  it('adds up the counts of all batches', async () => {
    const summary = await collectRun(new Steps([['a', 'b'], ['c']]), runner, request);
    expect(summary).toMatchObject({ seen: 3, used: 3, state: 'done', failedExtracts: [] });
  });

  it('pulls at most four batches at once', async () => {
    const steps = new Steps(Array.from({ length: 12 }, (_, index) => [`e${index}`]));
    await collectRun(steps, runner, request);
    expect(steps.mostUnderWay).toBe(4);
  });

  it('records a batch whose step was lost and goes on with the others', async () => {
    const steps = new (class extends Steps {
      override async pullExtracts(call: { extracts: readonly string[] }): Promise<PullCounts> {
        if (call.extracts.includes('a')) throw new PlumblineError('timeout', 'STEP_TIMED_OUT', 'gone');
        return super.pullExtracts(call);
      }
    })([['a'], ['b']]);
    const summary = await collectRun(steps, runner, request);
    expect(summary).toMatchObject({ used: 1, failedExtracts: ['a'] });
    expect(steps.calls).toContain('record a STEP_TIMED_OUT');
    expect(steps.calls.slice(-3)).toEqual(['score', 'assess', 'close finished']);
  });

  it('closes the run as cancelled, and records no failure, when somebody cancels it', async () => {
    const steps = new (class extends Steps {
      override async pullExtracts(): Promise<PullCounts> {
        throw new PlumblineError('cancelled', 'CANCELLED', 'stop');
      }
    })([['a']]);
    await expect(collectRun(steps, runner, request)).rejects.toThrow('stop');
    expect(steps.calls).toEqual(['close cancelled']);
  });

  it('closes the run as failed when a later step cannot be done', async () => {
    const steps = new (class extends Steps {
      override async scoreRun(): Promise<{ scoresChanged: number }> {
        throw new PlumblineError('defect', 'BUG', 'broken');
      }
    })([['a']]);
    await expect(collectRun(steps, runner, request)).rejects.toThrow('broken');
    expect(steps.calls.at(-1)).toBe('close failed');
  });

  it('hands the budget of the plan to each pull, and none where there is none', async () => {
    const quota = { taskQueue: 'plumbline-quota-1', callsPerMinute: 60, callsPerStep: 2 };
    const asked: PullRequest[] = [];
    class Asked extends Steps {
      override async pullExtracts(request: PullRequest): Promise<PullCounts> {
        asked.push(request);
        return counts(1);
      }
    }
    const budgeted = new (class extends Asked {
      override async planRun() {
        return { runId: 'run', batches: this.batches, quota };
      }
    })([['a'], ['b']]);
    await collectRun(budgeted, runner, request);
    await collectRun(new Asked([['c']]), runner, request);
    expect(asked).toEqual([
      { runId: 'run', extracts: ['a'], quota },
      { runId: 'run', extracts: ['b'], quota },
      { runId: 'run', extracts: ['c'] },
    ]);
  });

  it('collects a group without extracts', async () => {
    await expect(collectRun(new Steps([]), runner, request)).resolves.toMatchObject({ seen: 0, state: 'done' });
  });
});

describe('deliverRun()', () => {
  it('goes on while there is more, but not for ever', async () => {
    let rounds = 0;
    const total = await deliverRun(
      {
        deliverOutbox: async () => {
          rounds += 1;
          return { sent: 1, retried: 0, dead: 0, more: true };
        },
      },
      { configRevision: 'r' },
    );
    expect(rounds).toBe(20);
    expect(total).toEqual({ sent: 20, retried: 0, dead: 0, more: true });
  });
});
