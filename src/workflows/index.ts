import type { CollectInput, DeliverySummary, RunSummary, SweepSummary } from '#src/activities/types.js';
import { steps } from './activity-proxies.js';
import { collectRun } from './collect-run.js';
import { deliverRun } from './deliver-run.js';
import { nominalTime } from './nominal-time.js';
import { temporalRunner } from './temporal-runner.js';

/** Collects one pull group for the nominal time of its schedule. */
export async function collect(input: CollectInput): Promise<RunSummary> {
  return collectRun(steps, temporalRunner, { ...input, ...nominalTime() });
}

/** Looks at what passing time changed: not due → late → missing, and the alerts of that. */
export async function sweep(input: { readonly configRevision: string }): Promise<SweepSummary> {
  const { logicalTime, trigger } = nominalTime();
  return steps.sweepFreshness({ configRevision: input.configRevision, logicalTime, scheduled: trigger === 'schedule' });
}

/** Sends what waits in the outbox. */
export async function deliver(input: { readonly configRevision: string }): Promise<DeliverySummary> {
  return deliverRun(steps, { configRevision: input.configRevision, scheduled: nominalTime().trigger === 'schedule' });
}
