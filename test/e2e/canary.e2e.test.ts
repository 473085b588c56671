// A real development server, worker and mail server: the canary goes the whole way by its schedule, until nobody takes its mail.
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doctor } from '#src/cli/commands/doctor.js';
import type { Finding } from '#src/cli/doctor/finding.js';
import { collectScheduleId } from '#src/workflows/names.js';
import { createTemporalSite, type TemporalSite } from '../support/temporal-site.js';

const DAY_MS = 86_400_000;
const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);

describe('the canary on Temporal', () => {
  /** The time of day of its schedule: it was there today, and not so long ago that anybody could miss it yet. */
  const at = inMinutes(-10).toISOString().slice(11, 16);
  const newest = Date.parse(`${inMinutes(-10).toISOString().slice(0, 16)}:00Z`);
  let site: TemporalSite;

  beforeAll(async () => {
    const canary = `\ncanary: { every: day, at: '${at}', time_zone: UTC }\n`;
    const edit = (folder: string): void => appendFileSync(join(folder, 'site.yaml'), canary);
    site = await createTemporalSite({ today: inMinutes(0).toISOString().slice(0, 10), edit });
  });
  afterAll(() => site.dispose());

  /** The schedule's starts of so many days ago, each with a delivery behind it. */
  async function makeUp(...daysAgo: readonly number[]): Promise<void> {
    const group = `_canary-day-${at.replace(':', '')}${site.config.site.timeZone === 'UTC' ? '' : '-utc'}`;
    const schedule = site.temporal.client.schedule.getHandle(collectScheduleId(site.config.site.id, group));
    for (const days of daysAgo) {
      const time = newest - days * DAY_MS;
      await schedule.backfill({ start: new Date(time - 60_000), end: new Date(time + 60_000), overlap: 'BUFFER_ALL' });
      const logicalTime = new Date(time).toISOString().replace('.000Z', 'Z');
      const isDone = async (): Promise<boolean> =>
        (await site.store.read.run(`${group}@${logicalTime}`))?.state === 'done';
      while (!(await isDone())) await delay(200);
      expect((await site.command('trigger', 'deliver', '--wait')).code).toBe(0);
    }
  }

  /** `health subject: says` of the canary. */
  async function examine(now: Date): Promise<readonly string[]> {
    const out: string[] = [];
    const context = {
      stdout: { write: (text: string) => out.push(text) },
      stderr: { write: () => undefined },
      env: site.env,
      cwd: site.folder,
      now: () => now.toISOString(),
      signal: new AbortController().signal,
    };
    await doctor(context, { config: site.configFolder, json: true, temporal: true });
    const { findings } = JSON.parse(out.join('')) as { findings: Finding[] };
    return findings
      .filter(({ area }) => area === 'canary')
      .map(({ health, subject, says }) => `${health} ${subject ?? ''}: ${says}`);
  }

  it('is a schedule like any other once it is applied', async () => {
    const { stdout, stderr } = await site.command('apply');
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /\+ plumbline\/northwind-tech\/collect\/_canary-day-\d{4}-utc {2}every day at \d\d:\d\d UTC/,
    );
    expect(await examine(inMinutes(0))).toEqual(['warn : It has not gone round yet.']);
    await site.worker();
  });

  it('sends by turns that its alert begins and that it is over, to the mailbox of who reads it', async () => {
    await makeUp(4, 3, 2, 1);
    const mails = await Promise.all(site.mailbox.received.map((file) => simpleParser(readFileSync(file))));
    const subjects = mails.map(({ subject }) => subject ?? '');
    const begins = /^\[Plumbline\] OFF TRACK · Canary \(a test of the whole way, nothing is wrong\) · since /;
    const ends = /^\[Plumbline\] OFF TRACK RESOLVED · Canary \(a test of the whole way, nothing is wrong\) · since /;
    const first = subjects.findIndex((subject) => begins.test(subject));
    expect(first).toBeGreaterThanOrEqual(0);
    expect(subjects[first + 1]).toMatch(ends);
    expect(subjects.every((subject) => begins.test(subject) || ends.test(subject))).toBe(true);
    expect(await examine(inMinutes(0))).toEqual([
      expect.stringMatching(
        /^ok : Its round for .*: pulled after .*, stored after .*, judged after .*, sent over "mail" after /,
      ),
    ]);
  });

  it('is in none of the lists', async () => {
    for (const command of [['check'], ['status'], ['alerts'], ['digest', 'omar']]) {
      const { stdout } = await site.command(...command);
      expect(stdout.toLowerCase()).not.toContain('canary');
    }
    expect((await site.command('alerts')).stdout).toBe('No open alerts.\n');
  });

  it('is stuck where nobody takes its mail', async () => {
    await site.mailbox.close();
    await makeUp(0);
    expect(await examine(inMinutes(45))).toEqual([
      expect.stringMatching(
        /^fail delivered: .*: its message was not delivered over the channel "mail": .*ECONNREFUSED/,
      ),
    ]);
  });
});
