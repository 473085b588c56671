import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { collectRun } from '#src/workflows/collect-run.js';
import { assertCollected, createBenchSite, valuesOf } from './bench-site.js';
import type { ManyMeasures } from './many-measures.js';
import { costOf, type RoundCosts } from './round-costs.js';

/** Collects twice in this process, on a store of its own: the first time everything is new, the second time nothing. */
export async function collectInProcess(shape: Omit<ManyMeasures, 'months' | 'firstMonth'>): Promise<RoundCosts> {
  const site = await createBenchSite(shape);
  try {
    const steps = inProcessSteps(site.services, new AbortController().signal);
    const round = async (revisions: number): Promise<void> => {
      const logicalTime = new Date().toISOString();
      const { group, config } = site;
      const request = { group, configRevision: config.revision, logicalTime, trigger: 'once' } as const;
      assertCollected(await collectRun(steps, inProcessRunner, request), { revisions });
    };
    return { first: await costOf(() => round(valuesOf(site))), again: await costOf(() => round(0)) };
  } finally {
    await site.dispose();
  }
}
