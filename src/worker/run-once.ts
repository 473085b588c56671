import type { StepServices } from '#src/activities/context.js';
import type { DeliverySummary, RunSummary } from '#src/activities/types.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { collectRun } from '#src/workflows/collect-run.js';
import { deliverRun } from '#src/workflows/deliver-run.js';
import { inProcessRunner, inProcessSteps } from './in-process.js';

export interface OnceRequest {
  readonly groups: readonly string[];
  /** Nominal time of all its runs. */
  readonly logicalTime: string;
  readonly signal: AbortSignal;
}

export interface OnceResult {
  readonly runs: readonly RunSummary[];
  readonly delivery: DeliverySummary;
}

/** One round without Temporal: each pull group collected, then time swept, then messages delivered. */
export async function runOnce(
  services: StepServices,
  config: ResolvedConfig,
  request: OnceRequest,
): Promise<OnceResult> {
  const steps = inProcessSteps(services, request.signal);
  const { logicalTime } = request;
  const configRevision = config.revision;
  const runs: RunSummary[] = [];
  for (const group of request.groups) {
    runs.push(await collectRun(steps, inProcessRunner, { group, configRevision, logicalTime, trigger: 'once' }));
  }
  await steps.sweepFreshness({ configRevision, logicalTime });
  return { runs, delivery: await deliverRun(steps, { configRevision }) };
}
