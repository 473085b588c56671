// Pulls under a budget on a real Temporal server: they go to the budget's own queue, and the server hands out no more of
// them than the budget allows, though two workers ask. Only lower bounds are asserted: a slow machine is no failure.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient, type TemporalClient } from '#src/temporal/client.js';
import { type DevServer, startDevServer } from '#src/temporal/dev-server.js';
import { freePort } from '#src/temporal/free-port.js';
import type { RunningWorker } from '#src/temporal/worker.js';
import { startSiteWorker } from '#src/worker/main-worker.js';
import { createFakeSite, type FakeSite, fakeExtract } from '../support/fake-site.js';
import { createFakeSystem } from '../support/fake-system.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

const BUNDLE = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));
const cli = process.env['PLUMBLINE_TEST_TEMPORAL_CLI'];

/** Two requests a step make this 60 steps a minute: one a second. */
const CALLS_PER_MINUTE = 120;
const EXTRACTS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

describe.skipIf(cli === undefined)('pulls under a budget', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-quota-'));
  const system = createFakeSystem(2);
  const workers: RunningWorker[] = [];
  let server: DevServer;
  let temporal: TemporalClient;
  let site: FakeSite;

  beforeAll(async () => {
    server = await startDevServer({
      folder,
      env: { ...process.env, TEMPORAL_CLI: cli },
      port: await freePort(),
      ui: false,
    });
    const env = { TEMPORAL_ADDRESS: server.address };
    temporal = await connectClient(env);
    const options = `{ account: shared, calls_per_minute: ${CALLS_PER_MINUTE} }`;
    site = await createFakeSite(
      {
        'connections.yaml': `connections: { system: { connector: fake, owner: robin, options: ${options} } }\n`,
        'extracts/all.yaml': extractsFile(
          ...EXTRACTS.map((id) =>
            fakeExtract(id).replace(`stream: ${id} }`, `stream: ${id}, call: ${id < 'c' ? 'a' : id} }`),
          ),
        ),
        'scorecards/company.yaml': scorecardFile(...EXTRACTS.map((id) => measureOf(id, id, 'monthly'))),
      },
      { system },
    );
    site.clock = new Date().toISOString();
    for (let count = 0; count < 2; count++) workers.push(await startSiteWorker(site.config(), site.services, env));
  });
  afterAll(async () => {
    for (const worker of workers) worker.shutdown();
    await Promise.all(workers.map((worker) => worker.stopped));
    await temporal.close();
    await server.stop();
    await site.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('run on the queue of the budget, a step for each call, no faster than the budget', async () => {
    const { site: own, revision, pullGroups } = site.config();
    const handle = await temporal.client.workflow.start('collect', {
      taskQueue: own.taskQueue,
      workflowId: 'quota-test',
      args: [{ group: pullGroups[0]?.id, configRevision: revision }],
    });
    expect(await handle.result()).toMatchObject({ state: 'done', failedExtracts: [] });
    const history = await handle.fetchHistory();
    await Worker.runReplayHistory({ workflowBundle: { codePath: BUNDLE } }, history, 'quota-test');
    const events = history.events;
    const pulls = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled, eventId }) =>
      scheduled?.activityType?.name === 'pullExtracts'
        ? [{ id: String(eventId), queue: scheduled.taskQueue?.name }]
        : [],
    );
    // Extracts of one planned call are one step.
    expect(pulls).toHaveLength(EXTRACTS.length - 1);
    expect(system.reads[0]?.call?.requests.length).toBeGreaterThan(0);
    expect(system.opened).toBe(system.closed);
    expect(new Set(pulls.map(({ queue }) => queue))).toEqual(
      new Set([expect.stringMatching(/^plumbline-quota-[0-9a-f]{8}$/)]),
    );

    const ids = new Set(pulls.map(({ id }) => id));
    const starts = (events ?? [])
      .flatMap(({ activityTaskStartedEventAttributes: started, eventTime }) =>
        started && ids.has(String(started.scheduledEventId))
          ? [Number(eventTime?.seconds) * 1000 + (eventTime?.nanos ?? 0) / 1e6]
          : [],
      )
      .sort((one, other) => one - other);
    expect(starts).toHaveLength(pulls.length);
    // An idle queue may hand out one step of each of its four partitions at once, and one more before it has heard of the
    // rate; from then on the rate holds.
    const stepsPerSecond = CALLS_PER_MINUTE / 60 / 2;
    for (const [first, from] of starts.entries()) {
      for (const [last, to] of starts.entries()) {
        const beyondBurst = last - first - 5;
        if (beyondBurst > 0) expect((to - from) / 1000).toBeGreaterThanOrEqual(beyondBurst / stepsPerSecond);
      }
    }
  });
});
