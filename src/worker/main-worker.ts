import { fileURLToPath } from 'node:url';
import type { StepServices } from '#src/activities/context.js';
import { createActivities } from '#src/activities/temporal-steps.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { type RunningWorker, startWorker } from '#src/temporal/worker.js';

/** Steps of one worker at once: store steps are short, pulls are bounded by their connections. */
const PARALLEL_STEPS = 16;

/** Starts the worker of a site. The workflow bundle lies at the root of the build. */
export function startSiteWorker(
  config: ResolvedConfig,
  services: StepServices,
  env: Readonly<Record<string, string | undefined>>,
): Promise<RunningWorker> {
  return startWorker({
    env,
    taskQueue: config.site.taskQueue,
    workflowBundle: workflowBundlePath(),
    activities: createActivities(services),
    parallelSteps: PARALLEL_STEPS,
  });
}

/** `dist/workflow-bundle.js`, seen from `dist/src/worker` and from `src/worker` alike. */
function workflowBundlePath(): string {
  const here = new URL('.', import.meta.url);
  const root = here.pathname.includes('/dist/src/') ? '../../' : '../../dist/';
  return fileURLToPath(new URL(`${root}workflow-bundle.js`, here));
}
