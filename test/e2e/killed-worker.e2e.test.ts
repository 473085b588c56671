// SIGKILL to the worker process in the middle of a pull; a new worker finishes the same run.
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '#src/activities/types.js';
import { triggerSchedule } from '#src/schedules/trigger.js';
import type { PullRecord } from '#src/store/types.js';
import { runOnce } from '#src/worker/run-once.js';
import { collectScheduleId } from '#src/workflows/names.js';
import { createTemporalSite, type TemporalSite } from '../support/temporal-site.js';

const today = new Date().toISOString().slice(0, 10);

describe('a worker that is killed in the middle of a collection', () => {
  let site: TemporalSite;
  let group: string;
  let summary: RunSummary;
  let committed: readonly PullRecord[];

  beforeAll(async () => {
    site = await createTemporalSite({ today });
    group = site.config.pullGroups.find((each) => each.connection === 'training')?.id ?? '';
    makeLong(join(site.folder, 'sources', 'training'));
    expect((await site.command('apply')).code).toBe(0);

    const doomed = await site.worker();
    const { workflowId, runId } = await triggerSchedule(
      site.temporal.client,
      collectScheduleId(site.config.site.id, group),
    );
    const handle = site.temporal.client.workflow.getHandle(workflowId, runId);
    await untilPulling(() => handle.describe());
    // Some extracts have committed, the long one is still being read.
    committed = await untilCommitted(() => site.store.models.latestRuns(1));
    await doomed.end('SIGKILL');
    expect((await handle.describe()).status.name).toBe('RUNNING');

    await site.worker();
    summary = (await handle.result()) as RunSummary;
  });
  afterAll(() => site.dispose());

  it('leaves a run that the next worker finishes', async () => {
    expect(summary.state).toBe('done');
    const run = (await site.store.models.latestRuns(1))[0];
    expect(run?.state).toBe('done');
    expect(run?.pulls.length).toBe(site.config.pullGroups.find((each) => each.id === group)?.extracts.length);
  });

  it('does not read again what had been committed before', async () => {
    expect(committed.length).toBeGreaterThan(0);
    const pulls = await site.store.read.pulls(summary.runId);
    for (const before of committed) expect(pulls.find((pull) => pull.extract === before.extract)).toEqual(before);
    expect(pulls.length).toBeGreaterThan(committed.length);
  });

  it('tells nobody twice', async () => {
    const outbox = await site.store.models.outboxRecords(100);
    expect(outbox.length).toBeGreaterThan(0);
    expect(new Set(outbox.map((message) => `${message.subject} ${message.channel}`)).size).toBe(outbox.length);
    const alerts = await site.store.models.alertHistory(100);
    expect(alerts.map((alert) => alert.history.length)).toEqual(alerts.map(() => 1));
  });

  it('doubles nothing and loses nothing', async () => {
    const addresses = site.config.measures.map((measure) => measure.address);
    const actuals = await site.store.read.currentActuals(addresses, '2000-01-01');
    expect(actuals.length).toBeGreaterThan(0);
    expect(new Set(actuals.map((actual) => actual.revision))).toEqual(new Set([1]));
    expect(summary.seen).toBe(summary.used + summary.rejected + summary.skipped);
    const undisturbed = await runOnce(site.services, site.config, {
      groups: [group],
      logicalTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      signal: new AbortController().signal,
    });
    expect(undisturbed.runs.map((run) => [run.revisions, run.seen])).toEqual([[0, summary.seen]]);
  });
});

/** Blank lines: a pull that takes some seconds, without another value in it. */
function makeLong(folder: string): void {
  const file = readdirSync(folder).sort()[0];
  if (file === undefined) throw new Error(`no exports in ${folder}`);
  const lines = '\n'.repeat(1_000_000);
  for (let times = 0; times < 12; times++) appendFileSync(join(folder, file), lines);
}

async function untilPulling(
  describeRun: () => Promise<{ readonly raw: { readonly pendingActivities?: readonly unknown[] | null } }>,
) {
  for (let tries = 0; tries < 600; tries++) {
    const { raw } = await describeRun();
    const pending = JSON.stringify(raw.pendingActivities ?? []);
    if (pending.includes('pullExtracts') && !pending.includes('SCHEDULED')) return;
    await delay(20);
  }
  throw new Error('no pull began');
}

async function untilCommitted(
  latestRuns: () => Promise<readonly { readonly pulls: readonly PullRecord[] }[]>,
): Promise<readonly PullRecord[]> {
  for (let tries = 0; tries < 600; tries++) {
    const pulls = (await latestRuns())[0]?.pulls ?? [];
    if (pulls.length > 0) return pulls;
    await delay(20);
  }
  throw new Error('no extract was committed');
}
