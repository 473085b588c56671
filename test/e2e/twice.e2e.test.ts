// The same nominal time twice, once by each runner: equal stores, nothing doubled, nobody told twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepFreshness } from '#src/activities/sweep-freshness.js';
import type { RunSummary } from '#src/activities/types.js';
import { runOnce } from '#src/worker/run-once.js';
import { sweepScheduleId } from '#src/workflows/names.js';
import { createDemoSite, type DemoSite } from '../support/demo-site.js';
import { dumpStore } from '../support/store-dump.js';
import { createTemporalSite, type TemporalSite } from '../support/temporal-site.js';

/** What differs by design: who started the run, where files lie, how often it was applied, and words of the mail server. */
const BY_DESIGN = [
  'run.run_trigger',
  'config_revision.document',
  'config_revision.apply_order',
  'outbox.detail',
  'outbox.attempts',
  'outbox.state',
];

const today = new Date().toISOString().slice(0, 10);

describe('the same nominal times, collected on Temporal and in process', () => {
  let onTemporal: TemporalSite;
  let inProcess: DemoSite;
  /** Each group with the nominal time that Temporal gave its run, in order. */
  const rounds: { readonly group: string; readonly logicalTime: string }[] = [];

  beforeAll(async () => {
    onTemporal = await createTemporalSite({ today });
    inProcess = await createDemoSite({ today, env: { PLUMBLINE_SMTP_URL: onTemporal.mailbox.url } });
    expect((await onTemporal.command('apply')).code).toBe(0);
    // A sweep of its own, between two steps of a run, would score for that run: right, but under another run's id.
    await onTemporal.temporal.client.schedule.getHandle(sweepScheduleId(onTemporal.config.site.id)).pause();
    await onTemporal.worker();
    for (const { id: group } of onTemporal.config.pullGroups) {
      const triggered = await onTemporal.command('trigger', group, '--wait', '--json');
      const { runId } = JSON.parse(triggered.stdout) as { runId: string };
      const logicalTime = runId.slice(runId.indexOf('@') + 1);
      rounds.push({ group, logicalTime });
      // A round in process sweeps too, for the same nominal time.
      await sweepFreshness(onTemporal.services, { configRevision: onTemporal.config.revision, logicalTime });
    }
  });
  afterAll(async () => {
    await inProcess.dispose();
    await onTemporal.dispose();
  });

  async function inThisProcess(site: DemoSite): Promise<RunSummary[]> {
    const runs: RunSummary[] = [];
    for (const { group, logicalTime } of rounds) {
      const request = { groups: [group], logicalTime, signal: new AbortController().signal };
      runs.push(...(await runOnce(site.services, site.config, request)).runs);
    }
    return runs;
  }

  it('give equal stores: values, scores, rejects, runs, alerts and messages', async () => {
    await inThisProcess(inProcess);
    const temporalDump = dumpStore(storeFile(onTemporal), BY_DESIGN);
    const processDump = dumpStore(storeFile(inProcess), BY_DESIGN);
    expect(Object.keys(temporalDump)).toEqual(Object.keys(processDump));
    for (const table of ['actual', 'score', 'reject', 'run_pull', 'alert_event', 'outbox']) {
      expect(temporalDump[table]?.length, table).toBeGreaterThan(2);
    }
    expect(temporalDump).toEqual(processDump);
  });

  it('write nothing new when the other runner collects them again', async () => {
    const before = dumpStore(storeFile(onTemporal), BY_DESIGN);
    const runs = await inThisProcess(onTemporal);
    expect(runs.map((run) => [run.revisions, run.scoresChanged, run.alertsOpened, run.alertsResolved])).toEqual(
      rounds.map(() => [0, 0, 0, 0]),
    );
    expect(dumpStore(storeFile(onTemporal), BY_DESIGN)).toEqual(before);
  });

  it('tell nobody twice', async () => {
    const mails = onTemporal.mailbox.received.length;
    expect(mails).toBeGreaterThan(0);
    await inThisProcess(onTemporal);
    await onTemporal.command('trigger', 'deliver', '--wait');
    expect(onTemporal.mailbox.received.length).toBe(mails);
  });
});

function storeFile(site: DemoSite): string {
  const { store } = site.config.site;
  if (store.client !== 'sqlite') throw new Error('the example keeps its store in SQLite');
  return store.file;
}
