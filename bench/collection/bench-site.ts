import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepServices } from '#src/activities/context.js';
import type { RunSummary } from '#src/activities/types.js';
import { readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { type ManyMeasures, monthAfter, writeManyMeasures } from './many-measures.js';

/** A made-up site with an empty store of its own. */
export interface BenchSite {
  readonly config: ResolvedConfig;
  readonly services: StepServices;
  /** The one pull group. */
  readonly group: string;
  readonly measures: number;
  readonly months: number;
  dispose(): Promise<void>;
}

/** Makes the site: config written and read, revision applied to a new store. Two years of months unless told. */
export async function createBenchSite(
  shape: Pick<ManyMeasures, 'site' | 'extracts' | 'measuresPerExtract'> & Partial<Pick<ManyMeasures, 'months'>>,
): Promise<BenchSite> {
  const { months = 24 } = shape;
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const now = new Date().toISOString();
  const firstMonth = monthAfter(now.slice(0, 7), -months);
  const configFolder = writeManyMeasures(folder, { ...shape, months, firstMonth });
  const { config, problems } = await readConfig(configFolder, builtInConnectors);
  const group = config?.pullGroups[0];
  if (config === undefined || group === undefined || config.pullGroups.length !== 1) {
    throw new Error(`the made-up configuration has no single pull group: ${JSON.stringify(problems.slice(0, 3))}`);
  }
  const store = await openSiteStore(config.site.store, config.folder, {});
  await applyToStore(store, config, now);
  return {
    config,
    services: createServices(store, { env: {}, logLevel: 'silent', folder: config.folder }),
    group: group.id,
    measures: config.measures.length,
    months,
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A figure of a collection that went wrong would be a figure of something else. */
export function assertCollected(run: RunSummary, expected: { readonly revisions: number }): void {
  if (run.state === 'done' && run.rejected === 0 && run.revisions === expected.revisions) return;
  throw new Error(`the run did not collect what is there: ${JSON.stringify({ run, expected })}`);
}

/** Values of a site that has collected everything. */
export const valuesOf = (site: Pick<BenchSite, 'measures' | 'months'>): number => site.measures * site.months;
