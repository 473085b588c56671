// apply → a schedule fires by itself → rows in the store → alert mail received, with real processes for every command.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemporalSite, type TemporalSite } from '../support/temporal-site.js';

const BUNDLE = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));
const HISTORIES = fileURLToPath(new URL('../workflows/histories/', import.meta.url));

describe('the first collection on Temporal', () => {
  let site: TemporalSite;

  beforeAll(async () => {
    site = await createTemporalSite({ today: new Date().toISOString().slice(0, 10), edit: fireSoon });
    const applied = await site.command('apply');
    expect(applied.stderr).toBe('');
    expect(applied.stdout).toContain('+ plumbline/northwind-tech/sweep');
    await site.worker();
  });
  afterAll(() => site.dispose());

  it('plans nothing when it is applied again', async () => {
    const again = await site.command('apply');
    expect(again.stdout).toContain('nothing to change');
  });

  it('keeps the pause of an operator over a changed configuration', async () => {
    const handle = site.temporal.client.schedule.getHandle('plumbline/northwind-tech/sweep');
    await handle.pause('maintenance');
    const file = join(site.configFolder, 'site.yaml');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('history_months: 24', 'history_months: 23'));
    expect((await site.command('apply')).stdout).toContain('~ plumbline/northwind-tech/sweep');
    expect((await handle.describe()).state.paused).toBe(true);
    writeFileSync(file, before);
    await site.command('apply');
    await handle.unpause();
  });

  it('starts by itself at the time its schedule says, for the nominal time', async () => {
    const finished = await waitFor(async () => {
      const runs = await site.store.models.latestRuns(20);
      return runs.find((run) => run.trigger === 'schedule' && run.state === 'done');
    });
    expect(finished.logicalTime).toMatch(/:00Z$/);
    expect(finished.pulls.every((pull) => pull.outcome === 'ok' && pull.balance.seen > 0)).toBe(true);
  });

  it('stores rows of the database, of CSV files and of the sheet when every group is triggered', async () => {
    for (const group of site.config.pullGroups) {
      const run = await site.command('trigger', group.id, '--wait', '--json');
      expect(run.stdout).toContain('"state": "done"');
    }
    const rows = await site.store.models.scorecardTable();
    const shown = rows.filter((row) => row.kind === 'measure').map((row) => [row.node, row.status]);
    expect(Object.fromEntries(shown)).toEqual(
      Object.fromEntries(site.sources.standing.map((each) => [each.measure, each.status])),
    );
  });

  it('delivers one mail for each alert to its owner', async () => {
    await site.command('trigger', 'sweep', '--wait');
    await site.command('trigger', 'deliver', '--wait');
    const mails = await Promise.all(site.mailbox.received.map((file) => simpleParser(readFileSync(file))));
    expect(mails.map((mail) => mail.subject).sort()).toEqual([
      expect.stringContaining('[Plumbline] LATE · '),
      expect.stringContaining('[Plumbline] MISSING · '),
      expect.stringContaining('[Plumbline] OFF TRACK · '),
      expect.stringContaining('[Plumbline] ROWS REJECTED · extract "certificates"'),
      expect.stringContaining('[Plumbline] ROWS REJECTED · extract "receivables"'),
    ]);
    for (const mail of mails) {
      expect(mail.messageId).toMatch(/^<.+@.+>$/);
      expect(mail.from?.text).toBe('"Plumbline" <plumbline@example.com>');
      expect(mail.text).toContain('Northwind Technology Services');
      expect(mail.text).not.toContain('undefined');
    }
    const outbox = await site.store.models.outboxRecords(10);
    for (const file of site.mailbox.received) {
      const raw = readFileSync(file, 'latin1');
      // Seven-bit lines that end in CRLF and are short enough for every mail server.
      expect(raw).toMatch(/^[\t\r\n -~]+$/);
      expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
      const [head = ''] = raw.split('\r\n\r\n');
      for (const name of ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type']) {
        expect(head.match(new RegExp(`^${name}: `, 'gm')), name).toHaveLength(1);
      }
      const mail = await simpleParser(raw);
      const stored = outbox.find((message) => message.channel === 'mail' && message.subject === mail.subject);
      expect(mail.text?.trimEnd()).toBe(stored?.text.trimEnd());
    }
    const offTrack = mails.find((mail) => mail.subject?.includes('OFF TRACK'));
    const owner = site.config.measures.find((measure) => measure.id === 'project-delivery-time')?.owner;
    const email = site.config.people.find((person) => person.id === owner)?.email;
    expect(
      [offTrack?.to]
        .flat()
        .map((to) => to?.text)
        .join(),
    ).toContain(email);
  });

  it('leaves histories that replay on the present bundle', async () => {
    const seen = new Set<string>();
    for await (const { workflowId, type, status } of site.temporal.client.workflow.list()) {
      if (status.name !== 'COMPLETED' || seen.has(type)) continue;
      seen.add(type);
      const history = await site.temporal.client.workflow.getHandle(workflowId).fetchHistory();
      if (process.env['RECORD_HISTORIES'] === '1')
        writeFileSync(`${HISTORIES}${type}.json`, `${historyToJSON(history)}\n`);
      await Worker.runReplayHistory({ workflowBundle: { codePath: BUNDLE } }, history, workflowId);
    }
    expect([...seen].sort()).toEqual(['collect', 'deliver', 'sweep']);
  });

  it('pulls the sheet through the queue of its account, and nothing else through one of that kind', async () => {
    const queues = new Map<string, Set<string>>();
    for await (const { workflowId, type } of site.temporal.client.workflow.list()) {
      if (type !== 'collect') continue;
      const history = await site.temporal.client.workflow.getHandle(workflowId).fetchHistory();
      const group = site.config.pullGroups.find(({ id }) => workflowId.includes(id))?.id ?? workflowId;
      for (const { activityTaskScheduledEventAttributes: step } of history.events ?? []) {
        if (step?.activityType?.name !== 'pullExtracts') continue;
        queues.set(group, (queues.get(group) ?? new Set()).add(step.taskQueue?.name ?? ''));
      }
    }
    expect(queues.size).toBe(site.config.pullGroups.length);
    for (const [group, names] of queues) {
      const own = expect.stringMatching(/^plumbline-quota-[0-9a-f]{8}$/) as string;
      expect([...names], group).toEqual([group.startsWith('people-plan-') ? own : site.config.site.taskQueue]);
    }
  });

  it('keeps rows out of history', async () => {
    for await (const { workflowId, runId, type } of site.temporal.client.workflow.list()) {
      if (type !== 'collect') continue;
      const { history } = await site.temporal.client.workflowService.getWorkflowExecutionHistory({
        namespace: 'default',
        execution: { workflowId, runId },
      });
      for (const event of history?.events ?? []) {
        const bytes = JSON.stringify(event).length;
        expect(bytes).toBeLessThan(64 * 1024);
      }
    }
  });
});

/** The finance group fires within the next two minutes; everything else as in the example. */
function fireSoon(folder: string): void {
  const file = join(folder, 'extracts', 'finance.yaml');
  // Far enough off that the schedule exists by then.
  const minute = new Date(Date.now() + 75_000).getUTCMinutes();
  const text = readFileSync(file, 'utf8');
  const changed = text.replaceAll(/schedule: \{[^}]*\}/g, `schedule: { every: hour, minute: ${minute} }`);
  if (changed === text) throw new Error('no schedule was found in extracts/finance.yaml');
  writeFileSync(file, changed);
}

async function waitFor<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(1_000);
  }
  throw new Error('it did not happen in 200 s');
}
