import type { RunSummary } from '#src/activities/types.js';
import { readConfig } from '#src/config/index.js';
import type { CurrentActual } from '#src/store/types.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { collectRun } from '#src/workflows/collect-run.js';

/** What became of one collection. */
export interface FolderCollected {
  readonly run: RunSummary;
  /** Time of the pull steps: from reaching the source to the last value stored. */
  readonly pullMs: number;
  /** Values in the store, all of them. */
  readonly actuals: readonly CurrentActual[];
  /** What the pulls wrote down of how they read, a line each. */
  readonly descriptions: readonly string[];
}

/** Collects the one pull group of a config folder into its store, in this process. */
export async function collectFolder(
  folder: string,
  {
    logicalTime,
    env = {},
  }: { readonly logicalTime: string; readonly env?: Readonly<Record<string, string | undefined>> },
): Promise<FolderCollected> {
  const { config, problems } = await readConfig(folder, builtInConnectors);
  const group = config?.pullGroups[0];
  if (config === undefined || group === undefined || config.pullGroups.length !== 1) {
    throw new Error(`the made-up configuration has no single pull group: ${JSON.stringify(problems.slice(0, 3))}`);
  }
  const store = await openSiteStore(config.site.store, config.folder, {});
  try {
    await applyToStore(store, config, logicalTime);
    const services = createServices(store, { env, logLevel: 'silent', folder: config.folder });
    const steps = inProcessSteps(services, new AbortController().signal);
    let pullMs = 0;
    const timed: typeof steps = {
      ...steps,
      async pullExtracts(request) {
        const startedAt = performance.now();
        const counts = await steps.pullExtracts(request);
        pullMs += performance.now() - startedAt;
        return counts;
      },
    };
    const request = { group: group.id, configRevision: config.revision, logicalTime, trigger: 'once' } as const;
    const run = await collectRun(timed, inProcessRunner, request);
    const pulls = await store.read.pulls(run.runId);
    const addresses = config.measures.map(({ address }) => address);
    return {
      run,
      pullMs,
      actuals: await store.read.currentActuals(addresses, '0001-01-01'),
      descriptions: pulls.flatMap((pull) => (pull.outcome === 'ok' ? pull.description : [pull.failure.message])),
    };
  } finally {
    await store.close();
  }
}
