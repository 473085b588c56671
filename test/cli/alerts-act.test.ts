import { describe, expect, it } from 'vitest';
import { alerts, showAlert } from '#src/cli/commands/alerts.js';
import { type ActOptions, type AlertRequest, actOn } from '#src/cli/commands/alerts-act.js';
import { runCommand } from '#src/cli/commands/run.js';
import type { CommandContext } from '#src/cli/context.js';
import { createProgram } from '#src/cli/program.js';
import { type WorkingFolder, withCollected } from './working-folder.js';

const KIM: Partial<ActOptions> = { author: 'kim', reason: 'new staff are being trained' };

const show = (context: CommandContext) => alerts(context, { config: 'acme' });
const collect = (context: CommandContext) => runCommand(context, { config: 'acme' });
const act =
  (request: AlertRequest, options: Partial<ActOptions> = KIM) =>
  (context: CommandContext) =>
    actOn(context, request, { config: 'acme', ...options });
const ack = (id: string, options?: Partial<ActOptions>) => act({ transition: 'acknowledged', ids: [id] }, options);
const snooze = (id: string, until: string) => act({ transition: 'snoozed', ids: [id], until });
const resolve = (id: string) => act({ transition: 'resolved', ids: [id] });

/** The id of the one alert there is. */
async function theId({ run }: WorkingFolder): Promise<string> {
  const { out } = await run((context) => alerts(context, { config: 'acme', json: true }));
  return JSON.parse(out).alerts[0].id;
}

/** `transition: reason` of the one alert, oldest first. */
async function history(folder: WorkingFolder): Promise<string[]> {
  const { out } = await folder.run((context) => showAlert(context, 'client-rating', { config: 'acme', json: true }));
  return JSON.parse(out).alerts[0].history.map(
    ({ transition, author }: { transition: string; author: string | null }) => `${transition} ${author ?? 'itself'}`,
  );
}

/** How many messages there are about the one alert. */
async function messages({ run }: WorkingFolder): Promise<number> {
  const { out } = await run((context) => alerts(context, { config: 'acme', all: true, json: true }));
  return JSON.parse(out).alerts[0].messages.length;
}

describe('alerts ack', () => {
  it('takes an alert over: it stays in the list with the name and speaks no more', async () => {
    await withCollected(async (folder) => {
      const { run } = folder;
      const { out } = await run(ack(await theId(folder)));
      expect(out).toBe(
        'Acknowledged by Kim Example: Rating by clients (monthly): off track since 2026-08, 3 periods in a row; 2026-10: 4.0 stars against a target of 4.5\n' +
          'There is no further message about it but that it is over.\n',
      );
      const listed = (await run(show)).out;
      expect(listed).toContain('✖ OFF TRACK (acknowledged)  Rating by clients, since 2026-08\n');
      expect(listed).toContain('Acknowledged by Kim Example.');
      expect(listed).toContain('0 open alerts, 1 acknowledged.');
      await run(collect, { now: '2026-11-24T09:30:00Z' });
      expect(await history(folder)).toEqual(['opened itself', 'acknowledged kim']);
    });
  });

  it('shows reason and author in the history, and resolves by itself', async () => {
    await withCollected(async (folder) => {
      const { run, edit } = folder;
      await run(ack('off_track/company/client-rating/2026-08'));
      await edit('acme/scorecards/company.yaml', 'value: 4.5', 'value: 3');
      await run(collect, { now: '2026-11-24T09:30:00Z' });
      const { out } = await run((context) => alerts(context, { config: 'acme', all: true }), { columns: 200 });
      expect(out).toContain('✓ RESOLVED (was off track)  Rating by clients, since 2026-08');
      expect(out).toContain('2026-11-23 10:30 acknowledged by Kim Example: new staff are being trained\n');
      expect(out).toContain('2026-11-24 10:30 resolved: ');
      // Opened and resolved; Kim, who owns it, is not told of what he did.
      expect(await messages(folder)).toBe(2);
    });
  });

  it('takes several over at once, and none where one is not known', async () => {
    await withCollected(async (folder) => {
      const id = await theId(folder);
      const wrong = folder.run(act({ transition: 'acknowledged', ids: [id, 'burnt-down'] }));
      await expect(wrong).rejects.toMatchObject({ code: 'CLI_UNKNOWN_ALERT' });
      expect(await history(folder)).toEqual(['opened itself']);
      const { out } = await folder.run(act({ transition: 'acknowledged', ids: [id, 'client-rating'] }));
      expect(out.match(/Acknowledged by Kim Example/g)).toHaveLength(1);
      expect(await history(folder)).toEqual(['opened itself', 'acknowledged kim']);
    });
  });

  it('says what can be changed no more, and what was done already', async () => {
    await withCollected(async (folder) => {
      const id = await theId(folder);
      await folder.run(ack(id));
      const again = folder.run(ack(id));
      await expect(again).rejects.toMatchObject({
        code: 'CLI_ALERT_STATE',
        message: expect.stringContaining('it is acknowledged already'),
      });
      await folder.run(resolve(id));
      await expect(folder.run(snooze(id, '3d'))).rejects.toMatchObject({
        code: 'CLI_ALERT_STATE',
        message: expect.stringContaining(
          'Cannot snooze the alert "off_track measure/company/client-rating 2026-08": it is over',
        ),
      });
    });
  });
});

describe('alerts snooze', () => {
  it('is silent until the time, and then says once that it still holds', async () => {
    await withCollected(async (folder) => {
      const { run } = folder;
      const { out } = await run(snooze(await theId(folder), '2026-11-26'));
      expect(out.split('\n')[1]).toBe('Silent until 2026-11-26 00:00 (Europe/Berlin), unless it is over before.');
      expect((await run(show)).out).toContain('Snoozed by Kim Example until 2026-11-26 00:00.');
      await run(collect, { now: '2026-11-25T22:59:59Z' });
      expect(await history(folder)).toEqual(['opened itself', 'snoozed kim']);
      await run(collect, { now: '2026-11-25T23:00:00Z' });
      await run(collect, { now: '2026-11-25T23:30:00Z' });
      expect(await history(folder)).toEqual(['opened itself', 'snoozed kim', 'woken itself']);
      expect(await messages(folder)).toBe(2);
      expect((await run(show)).out).toContain('✖ OFF TRACK  Rating by clients');
    });
  });

  it.each([
    ['soon', '"soon" is no time'],
    ['2026-11-23', '"2026-11-23" is 2026-11-23 00:00 in Europe/Berlin, which is over'],
    ['2028-01-01', '"2028-01-01" is more than 366 days away'],
  ])('refuses %s', async (until, message) => {
    await withCollected(async ({ run }) => {
      await expect(run(snooze('client-rating', until))).rejects.toMatchObject({
        code: 'CLI_BAD_SNOOZE',
        message: `Cannot snooze until then: ${message}.`,
      });
    });
  });
});

describe('alerts resolve', () => {
  it('stays resolved while it holds as it stands, and speaks when another period is off track', async () => {
    await withCollected(async (folder) => {
      const { run, edit } = folder;
      const { out } = await run(resolve(await theId(folder)));
      expect(out).toContain('It still holds: it is told again when it goes further');
      await run(collect, { now: '2026-11-24T09:30:00Z' });
      expect((await run(show)).out).toBe('No open alerts.\n');
      await edit('acme/sample/orders.csv', /$/, '2026-11-20,500.00,yes,3\n');
      await run(collect, { now: '2026-12-09T09:30:00Z' });
      expect(await history(folder)).toEqual(['opened itself', 'resolved kim', 'reopened itself']);
    });
  });
});

describe('which alert', () => {
  it('is found by the beginning of its id, its name, or a part of that', async () => {
    await withCollected(async (folder) => {
      const id = await theId(folder);
      for (const written of [
        id.slice(0, 4),
        'off_track measure/company/client-rating 2026-08',
        'company/client-rating/2026-08',
        'off_track/company/client-rating',
        'client-rating',
      ]) {
        const { out } = await folder.run((context) => showAlert(context, written, { config: 'acme' }));
        expect([written, out.includes(`Alert ${id} about measure/`)]).toEqual([written, true]);
        expect(out).toContain('opened: it holds since 2026-08');
      }
    });
  });

  it('is said where it is not there, with one that is near', async () => {
    await withCollected(async (folder) => {
      const id = await theId(folder);
      const asked = (written: string) => folder.run((context) => showAlert(context, written, { config: 'acme' }));
      const name = `${id} (off_track/company/client-rating/2026-08)`;
      await expect(asked('off_track/company/client-ratin/2026-08')).rejects.toMatchObject({
        code: 'CLI_UNKNOWN_ALERT',
        message: 'There is no alert "off_track/company/client-ratin/2026-08".',
        remedy: `Did you mean ${name}?`,
      });
      await expect(asked('leavers')).rejects.toMatchObject({
        remedy: `Use the id of one that is open: ${name}.`,
      });
    });
  });

  it('is asked for where several fit', async () => {
    await withCollected(async ({ run }) => {
      await run(collect, { now: '2027-02-20T09:30:00Z' });
      await expect(run(ack('client-rating'))).rejects.toMatchObject({
        code: 'CLI_AMBIGUOUS_ALERT',
        message: 'Cannot tell which alert "client-rating" is: 2 fit.',
        remedy: expect.stringContaining('(missing/company/client-rating/2026-11)'),
      });
    });
  });
});

describe('who does it', () => {
  it('is the person with the id or the mailbox of the user, and has to be said where there is none', async () => {
    await withCollected(async (folder) => {
      const { run } = folder;
      const bare = ack('client-rating', {});
      await expect(run(bare, { env: { USER: 'root' } })).rejects.toMatchObject({
        code: 'CLI_AUTHOR_NEEDED',
        message: expect.stringContaining('"root"'),
        remedy: expect.stringContaining('kim'),
      });
      await expect(run(ack('client-rating', { author: 'kin' }))).rejects.toMatchObject({
        code: 'CLI_UNKNOWN_AUTHOR',
        remedy: 'Did you mean "kim"?',
      });
      await run(bare, { env: { USER: 'Kim' } });
      expect(await history(folder)).toEqual(['opened itself', 'acknowledged kim']);
    });
  });

  it('has the owner told, where that is somebody else', async () => {
    await withCollected(async (folder) => {
      const { out } = await folder.run(ack('client-rating', { author: 'robin@example.com' }));
      expect(out).toContain('Kim Example is told with the next delivery.');
      expect(await messages(folder)).toBe(2);
    });
  });
});

describe('plumbline alerts on the command line', () => {
  const line =
    (...args: readonly string[]) =>
    (context: CommandContext) =>
      createProgram(context)(['alerts', ...args]);

  it('takes the options of the list before and behind a subcommand', async () => {
    await withCollected(async (folder) => {
      const { run } = folder;
      const id = await theId(folder);
      const block = (await run(line('-c', 'acme', 'show', id))).out;
      expect(block).toContain('opened: it holds since 2026-08');
      expect((await run(line('show', id, '-c', 'acme'))).out).toBe(block);
      const [shown] = JSON.parse((await run(line('show', id, '-c', 'acme', '--json'))).out).alerts;
      expect(shown).toMatchObject({
        id,
        state: 'open',
        handledBy: null,
        history: [{ transition: 'opened', author: null }],
      });
      expect((await run(line('list', '-c', 'acme'))).out).toBe((await run(line('-c', 'acme'))).out);
      expect((await run(line('history', '-c', 'acme'))).out).toBe((await run(line('--all', '-c', 'acme'))).out);
    });
  });

  it('hands reason and author on, and gives the alert back as JSON', async () => {
    await withCollected(async (folder) => {
      const id = await theId(folder);
      const words = ['-c', 'acme', '--author', 'kim', '--reason', 'a fair', '--json'];
      const [snoozed] = JSON.parse((await folder.run(line('snooze', id, '3d', ...words))).out).alerts;
      expect(snoozed).toMatchObject({
        ...{ id, state: 'snoozed', snoozedUntil: '2026-11-26T09:30:00.123Z' },
        handledBy: { id: 'kim', name: 'Kim Example' },
        history: [{ transition: 'opened' }, { transition: 'snoozed', author: 'kim', reason: 'a fair' }],
      });
    });
  });
});
