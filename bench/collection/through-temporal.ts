import type { Client } from '@temporalio/client';
import type { RunSummary } from '#src/activities/types.js';
import { applySchedules, planSchedules } from '#src/schedules/reconcile.js';
import { triggerSchedule } from '#src/schedules/trigger.js';
import { connectClient } from '#src/temporal/client.js';
import { startSiteWorker } from '#src/worker/main-worker.js';
import { collectScheduleId } from '#src/workflows/names.js';
import { assertCollected, createBenchSite, valuesOf } from './bench-site.js';
import type { ManyMeasures } from './many-measures.js';
import { costOf, type RoundCosts } from './round-costs.js';

/** What the first collection left in Temporal. */
export interface HistoryCounts {
  readonly activities: number;
  readonly events: number;
  /** As the server counts its history. */
  readonly bytes: number;
}

/**
 * Collects twice through schedule, server and worker, on a store of its own.
 *
 * Timed from the trigger to the workflow's result; server, worker and schedules are up before.
 */
export async function collectThroughTemporal(
  shape: Omit<ManyMeasures, 'months' | 'firstMonth'>,
  address: string,
): Promise<RoundCosts & HistoryCounts> {
  const site = await createBenchSite(shape);
  const env = { TEMPORAL_ADDRESS: address };
  const temporal = await connectClient(env);
  const { client } = temporal;
  try {
    await applySchedules(client, await planSchedules(client, site.config));
    const worker = await startSiteWorker(site.config, site.services, env);
    try {
      const schedule = collectScheduleId(site.config.site.id, site.group);
      let workflowId = '';
      const round = async (revisions: number): Promise<void> => {
        ({ workflowId } = await triggerSchedule(client, schedule));
        assertCollected(await resultOf(client, workflowId), { revisions });
      };
      const first = await costOf(() => round(valuesOf(site)));
      const counts = await historyCounts(client, workflowId);
      return { first, again: await costOf(() => round(0)), ...counts };
    } finally {
      worker.shutdown();
      await worker.stopped;
    }
  } finally {
    await temporal.close();
    await site.dispose();
  }
}

const resultOf = (client: Client, workflowId: string): Promise<RunSummary> =>
  client.workflow.getHandle<() => Promise<RunSummary>>(workflowId).result();

async function historyCounts(client: Client, workflowId: string): Promise<HistoryCounts> {
  const handle = client.workflow.getHandle(workflowId);
  const events = (await handle.fetchHistory()).events ?? [];
  const { historySize } = await handle.describe();
  if (historySize === undefined) throw new Error(`the server does not tell the size of the history of ${workflowId}`);
  const scheduled = events.filter((event) => event.activityTaskScheduledEventAttributes);
  return { activities: scheduled.length, events: events.length, bytes: historySize };
}
