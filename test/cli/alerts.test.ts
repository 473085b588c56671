import { describe, expect, it } from 'vitest';
import { alerts, showAlert } from '#src/cli/commands/alerts.js';
import { init } from '#src/cli/commands/init.js';
import { runCommand } from '#src/cli/commands/run.js';
import type { CommandContext } from '#src/cli/context.js';
import { withCollected, withWorkingFolder } from './working-folder.js';

const show = (context: CommandContext) => alerts(context, { config: 'acme' });
const showAll = (context: CommandContext) => alerts(context, { config: 'acme', all: true });
const collect = (context: CommandContext) => runCommand(context, { config: 'acme' });

describe('alerts', () => {
  it('shows what, since when, why, whose, and who was told', async () => {
    await withCollected(async ({ run, path }) => {
      const { out } = await run(show, { now: '2026-11-25T09:30:00Z', columns: 400 });
      expect(out.replace(/at \S+ \S+: appended/, 'at …: appended').replace(path, '')).toMatchInlineSnapshot(`
        "✖ OFF TRACK  Rating by clients, since 2026-08
            Rating by clients (monthly): off track since 2026-08, 3 periods in a row; 2026-10: 4.0 stars against a target of 4.5
            2026-10: 4.0 stars against a target of 4.5, off track
            2026-09: 4.0 stars against a target of 4.5, off track
            2026-08: 4.0 stars against a target of 4.5, off track
            Alert e3fb8b. Owner: Kim Example. Open since 2026-11-23 10:30 (2 days).
            Told Kim Example <kim@example.com> by journal at …: appended to /acme/data/alerts.log

        1 open alert.
        "
      `);
    });
  });

  it('puts the worst first', async () => {
    await withCollected(async ({ run }) => {
      const now = '2027-02-20T09:30:00Z';
      await run(collect, { now });
      const { out } = await run(show, { now });
      expect(out.split('\n').filter((line) => /^\S/.test(line))).toEqual([
        '? MISSING  Rating by clients, since 2026-11',
        '? MISSING  Orders delivered on time, since 2026-11',
        '? MISSING  Sales, since 2026-11',
        '✖ OFF TRACK  Rating by clients, since 2026-08',
        '4 open alerts.',
      ]);
    });
  });

  it('says that nothing is open, and shows the history of what was', async () => {
    await withCollected(async ({ run, edit }) => {
      await edit('acme/scorecards/company.yaml', 'value: 4.5', 'value: 3');
      await run(collect, { now: '2026-11-24T09:30:00Z' });
      expect((await run(show)).out).toBe('No open alerts.\n');
      const { out } = await run(showAll);
      expect(out).toContain('✓ RESOLVED (was off track)  Rating by clients, since 2026-08');
      expect(out).toContain('Open from 2026-11-23 10:30 to 2026-11-24 10:30.');
      expect(out).toContain('    2026-11-23 10:30 opened: it holds since 2026-08\n');
      expect(out.replace(/\s+/g, ' ')).toContain(
        '2026-11-24 10:30 resolved: too few of the newest periods are off track for an alert; 2026-10 was off track and is on track, since the target of 2026-10 was changed from 4.5 to 3 on 2026-11-24',
      );
      expect(out).toContain('0 open alerts of 1.');
    });
  });

  it('says who could not be told, and why', async () => {
    await withWorkingFolder(async ({ run, edit }) => {
      await run((context) => init(context, 'acme'));
      await edit('acme/site.yaml', 'path: data/alerts.log', 'path: sample/orders.csv/alerts.log');
      await run(collect);
      expect((await run(show)).out.replace(/\s+/g, ' ')).toMatch(
        /To be told: Kim Example <kim@example\.com> by journal, 1 attempt so far, next at .+: Could not append to/,
      );
    });
  });

  it('names the source that failed, and who has to act', async () => {
    await withCollected(async ({ run, edit }) => {
      await edit('acme/sample/orders.csv', 'amount', 'total');
      const now = '2026-11-24T09:30:00Z';
      await run(collect, { now });
      const { out } = await run(show, { now });
      expect(out.split('\n')[0]).toBe('! SOURCE FAILED  extract "orders", since 2026-11-24 10:30');
      expect(out).not.toContain('extract/orders');
      const id = /Alert (\S+)\./.exec(out)?.[1] ?? '';
      const shown = await run((context) => showAlert(context, id, { config: 'acme' }), { now });
      expect(shown.out).toContain(`Alert ${id} about extract/orders. Owner: `);
      const { alerts: data } = JSON.parse(
        (await run((context) => showAlert(context, id, { config: 'acme', json: true }), { now })).out,
      );
      expect(data).toMatchObject([{ subject: 'extract/orders', subjectName: 'extract "orders"' }]);
      expect(out).toContain('Who can act:');
    });
  });

  it('writes JSON with the messages of each alert, and its events where all are asked for', async () => {
    await withCollected(async ({ run }) => {
      const open = JSON.parse((await run((context) => alerts(context, { config: 'acme', json: true }))).out);
      expect(open.alerts).toMatchObject([
        {
          kind: 'off_track',
          subject: 'measure/company/client-rating',
          subjectName: 'Rating by clients',
          since: '2026-08',
          state: 'open',
          owner: { id: 'kim', name: 'Kim Example' },
          resolvedAt: null,
          messages: [{ channel: 'journal', state: 'sent', recipient: { id: 'kim' }, nextAttemptAt: null }],
        },
      ]);
      expect(open.alerts[0]).not.toHaveProperty('history');
      const all = JSON.parse((await run((context) => alerts(context, { config: 'acme', all: true, json: true }))).out);
      expect(all.alerts[0].history).toMatchObject([{ transition: 'opened', sequence: 0 }]);
    });
  });
});
