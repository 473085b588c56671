import { fileURLToPath } from 'node:url';
import type { StepServices } from '#src/activities/context.js';
import { createActivities } from '#src/activities/temporal-steps.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { type RunningWorker, startWorker } from '#src/temporal/worker.js';
import { packageRoot } from './package-root.js';
import { findQuotas, queueStepsPerSecond, superviseQuotaWorkers } from './quota-workers.js';

/** Steps of one worker at once: store steps are short, pulls are bounded by their connections. */
const PARALLEL_STEPS = 16;

/** Pulls under one budget at once: they are slow to come, and each is short. */
const PARALLEL_QUOTA_STEPS = 4;

type Environment = Readonly<Record<string, string | undefined>>;

/** Starts the workers of a site: the one of its own queue, and one for the queue of each budget that its sources have. */
export async function startSiteWorker(
  config: ResolvedConfig,
  services: StepServices,
  env: Environment,
): Promise<RunningWorker> {
  const activities = createActivities(services);
  const main = await startWorker({
    env,
    taskQueue: config.site.taskQueue,
    workflowBundle: workflowBundlePath(),
    activities,
    parallelSteps: PARALLEL_STEPS,
  });
  const quotaWorkers = await superviseQuotaWorkers({
    find: () => findQuotas(services),
    start: (quota) =>
      startWorker({
        env,
        taskQueue: quota.taskQueue,
        activities: { pullExtracts: activities.pullExtracts },
        parallelSteps: PARALLEL_QUOTA_STEPS,
        queueStepsPerSecond: queueStepsPerSecond(quota),
      }),
    logger: services.logger,
  });
  return {
    stopped: main.stopped.finally(() => quotaWorkers.stop()),
    shutdown: () => {
      main.shutdown();
      // `stopped` waits for them; here they only begin.
      void quotaWorkers.stop();
    },
    state: main.state,
  };
}

function workflowBundlePath(): string {
  return fileURLToPath(new URL('dist/workflow-bundle.js', packageRoot()));
}
