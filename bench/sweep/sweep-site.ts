import Database from 'better-sqlite3';
import { sweepFreshness } from '#src/activities/sweep-freshness.js';
import type { SweepSummary } from '#src/activities/types.js';
import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { collectRun } from '#src/workflows/collect-run.js';
import { assertCollected, createBenchSite, valuesOf } from '../collection/bench-site.js';
import { type Cost, costOf } from '../collection/round-costs.js';
import { storeOldAlerts } from './old-alerts.js';

/** A site that has been collected and judged: nothing is left to do for a sweep. */
export interface SweepSite {
  readonly measures: number;
  readonly values: number;
  readonly oldAlerts: number;
  /** Sweeps once; throws when anything was written. */
  sweep(): Promise<Cost>;
  dispose(): Promise<void>;
}

/** Measures a site of 10,000 has, in so many extracts. */
const SHAPE = { extracts: 10, measuresPerExtract: 1000 };

/** Makes a site with so many months of values, scores and alerts. */
export async function createSweepSite(months: number): Promise<SweepSite> {
  const site = await createBenchSite({ site: `sweep-${months}`, ...SHAPE, months });
  const { config, services, group } = site;
  const { store } = config.site;
  if (store.client !== 'sqlite') throw new Error('the made-up site has a store of another kind');
  const steps = inProcessSteps(services, new AbortController().signal);
  const request = { group, configRevision: config.revision, logicalTime: services.now(), trigger: 'once' } as const;
  assertCollected(await collectRun(steps, inProcessRunner, request), { revisions: valuesOf(site) });
  const oldAlerts = await storeOldAlerts(site, months);
  const sweep = (): Promise<SweepSummary> =>
    sweepFreshness(services, { configRevision: config.revision, logicalTime: services.now() });
  await sweep();
  const witness = new Database(store.file, { readonly: true });
  return {
    measures: site.measures,
    values: valuesOf(site),
    oldAlerts,
    sweep: async () => {
      const before = versionOf(witness);
      let changed: SweepSummary | undefined;
      const cost = await costOf(async () => {
        changed = await sweep();
      });
      if (versionOf(witness) !== before) throw new Error(`a sweep wrote to the store: ${JSON.stringify(changed)}`);
      return cost;
    },
    dispose: async () => {
      witness.close();
      await site.dispose();
    },
  };
}

/** Another number whenever another connection has changed the file. */
const versionOf = (witness: Database.Database): unknown => witness.pragma('data_version', { simple: true });
