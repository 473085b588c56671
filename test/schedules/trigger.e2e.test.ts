// A schedule that fires by itself all the time is the hardest one to fire by hand, on a real Temporal server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { triggerSchedule } from '#src/schedules/trigger.js';
import { connectClient, type TemporalClient } from '#src/temporal/client.js';
import { type DevServer, startDevServer } from '#src/temporal/dev-server.js';

const OFTEN = 'every-four-seconds';

describe('triggerSchedule', () => {
  let folder: string;
  let server: DevServer;
  let temporal: TemporalClient;
  let ending = true;
  let ended: Promise<void>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-trigger-'));
    const cli = process.env['PLUMBLINE_TEST_TEMPORAL_CLI'];
    const env = { ...process.env, ...(cli === undefined ? {} : { TEMPORAL_CLI: cli }) };
    server = await startDevServer({ folder, env, ui: false });
    temporal = await connectClient({ ...env, TEMPORAL_ADDRESS: server.address });
    await temporal.client.schedule.create({
      scheduleId: OFTEN,
      spec: { calendars: [{ hour: '*', minute: '*', second: { start: 0, end: 59, step: 4 } }] },
      action: { type: 'startWorkflow', workflowType: 'nothing', taskQueue: 'nobody', workflowId: 'work' },
      policies: { overlap: 'SKIP' },
    });
    ended = endAllRuns();
  });
  afterAll(async () => {
    ending = false;
    await ended;
    await temporal.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Stands in for a worker: runs end soon after they have begun. */
  async function endAllRuns(): Promise<void> {
    const { workflow } = temporal.client;
    for (; ending; await delay(50)) {
      for await (const { workflowId, runId } of workflow.list({ query: "ExecutionStatus = 'Running'" }))
        await workflow
          .getHandle(workflowId, runId)
          .terminate()
          .catch(() => undefined);
    }
  }

  it('finds its own run among scheduled ones of the same second, which have the same workflow id', async () => {
    const schedule = temporal.client.schedule.getHandle(OFTEN);
    const started = async () => (await schedule.describe()).info.recentActions;
    for (let round = 0; round < 3; round++) {
      const before = (await started()).length;
      while ((await started()).length === before) await delay(20);
      const { workflowId, runId } = await triggerSchedule(temporal.client, OFTEN);
      const own = (await started()).find(({ action }) => action.workflow.firstExecutionRunId === runId);
      expect(own?.action.workflow.workflowId).toBe(workflowId);
      // Those of the calendar are for every fourth second, to the millisecond.
      expect((own?.scheduledAt.getTime() ?? 0) % 4000).not.toBe(0);
    }
  });
});
