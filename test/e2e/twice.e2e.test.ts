// The same nominal time twice, once by each runner: equal stores, nothing doubled, nobody told twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepFreshness } from '#src/activities/sweep-freshness.js';
import { runOnce } from '#src/worker/run-once.js';
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

describe('the same nominal time, collected on Temporal and in process', () => {
  let onTemporal: TemporalSite;
  let inProcess: DemoSite;
  let group: string;
  let logicalTime: string;

  beforeAll(async () => {
    onTemporal = await createTemporalSite({ today });
    inProcess = await createDemoSite({ today, env: { PLUMBLINE_SMTP_URL: onTemporal.mailbox.url } });
    group = onTemporal.config.pullGroups.find((each) => each.connection === 'operations')?.id ?? '';
    expect((await onTemporal.command('apply')).code).toBe(0);
    await onTemporal.worker();
    const triggered = await onTemporal.command('trigger', group, '--wait');
    const { runId } = JSON.parse(triggered.stdout) as { runId: string };
    logicalTime = runId.slice(runId.indexOf('@') + 1);
  });
  afterAll(async () => {
    await inProcess.dispose();
    await onTemporal.dispose();
  });

  const inThisProcess = (site: DemoSite) =>
    runOnce(site.services, site.config, { groups: [group], logicalTime, signal: new AbortController().signal });

  it('gives equal stores', async () => {
    await inThisProcess(inProcess);
    // The round in process has swept too, for the same nominal time.
    await sweepFreshness(onTemporal.services, { configRevision: onTemporal.config.revision, logicalTime });
    const temporalDump = dumpStore(storeFile(onTemporal), BY_DESIGN);
    const processDump = dumpStore(storeFile(inProcess), BY_DESIGN);
    expect(Object.keys(temporalDump)).toEqual(Object.keys(processDump));
    expect(temporalDump['actual']?.length).toBeGreaterThan(500);
    expect(temporalDump).toEqual(processDump);
  });

  it('writes nothing new when the other runner collects it again', async () => {
    const before = dumpStore(storeFile(onTemporal), BY_DESIGN);
    const { runs } = await inThisProcess(onTemporal);
    expect(runs.map((run) => [run.revisions, run.scoresChanged, run.alertsOpened])).toEqual([[0, 0, 0]]);
    expect(dumpStore(storeFile(onTemporal), BY_DESIGN)).toEqual(before);
  });

  it('tells nobody twice', async () => {
    const mails = onTemporal.mailbox.received.length;
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
