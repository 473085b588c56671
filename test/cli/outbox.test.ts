import { describe, expect, it } from 'vitest';
import { alerts } from '#src/cli/commands/alerts.js';
import { init } from '#src/cli/commands/init.js';
import { outboxDrop, outboxList, outboxRetry } from '#src/cli/commands/outbox.js';
import { runCommand } from '#src/cli/commands/run.js';
import type { CommandContext } from '#src/cli/context.js';
import { createProgram } from '#src/cli/program.js';
import { NOW, type WorkingFolder, withCollected, withWorkingFolder } from './working-folder.js';

const config = { config: 'acme' };
const list = (context: CommandContext) => outboxList(context, config);

/** A site whose journal cannot be written: a folder stands in its place. */
const withoutJournal = (work: (folder: WorkingFolder) => Promise<void>): Promise<void> =>
  withWorkingFolder(async (folder) => {
    await folder.run((context) => init(context, 'acme'));
    await folder.edit('acme/site.yaml', 'path: data/alerts.log', 'path: sample/orders.csv/alerts.log');
    await folder.run((context) => runCommand(context, config));
    await work(folder);
  });

const idsOf = (out: string): string[] => out.split('\n').flatMap((line) => /^([0-9a-f]{8}) /.exec(line)?.[1] ?? []);

describe('plumbline outbox', () => {
  it('says that nothing waits once everything is delivered', async () => {
    await withCollected(async ({ run }) => {
      expect((await run(list)).out).toBe('Every message has been delivered or dropped.\n');
      const { out } = await run((context) => outboxList(context, { ...config, json: true }));
      expect(JSON.parse(out)).toEqual({ messages: [] });
    });
  });

  it('lists what waits, to whom, and why it is still there', async () => {
    await withoutJournal(async ({ run }) => {
      const { out } = await run(list, { columns: 400 });
      expect(out).toMatch(/^[0-9a-f]{8} {2}\[Plumbline\] OFF TRACK · Rating by clients · since 2026-08$/m);
      expect(out).toMatch(/^ {4}To Kim Example <kim@example\.com> by journal, written 2026-\d\d-\d\d \d\d:\d\d\.$/m);
      expect(out).toMatch(/^ {4}Tried once, next at \S+ \S+: .*Could not append to.*$/m);
      expect(out).toMatch(/\n1 message waiting, 0 given up\.\n$/);
    });
  });

  it('sends by the next delivery what it is told to retry, by the beginning of an id', async () => {
    await withoutJournal(async ({ run, edit }) => {
      const [id = ''] = idsOf((await run(list)).out);
      await edit('acme/site.yaml', 'path: sample/orders.csv/alerts.log', 'path: data/alerts.log');
      expect((await run((context) => outboxRetry(context, [id.slice(0, 6)], config), { now: NOW })).out).toBe(
        '1 message will be sent by the next delivery.\n',
      );
      const { out } = await run((context) => runCommand(context, config));
      expect(out).toContain('Messages: 1 sent');
      expect((await run(list)).out).toBe('Every message has been delivered or dropped.\n');
    });
  });

  it('drops for good, and the alert says that nobody was told and why', async () => {
    await withoutJournal(async ({ run }) => {
      const drop = (context: CommandContext) =>
        outboxDrop(context, [], { ...config, channel: 'journal', reason: 'told by phone' });
      expect((await run(drop)).out).toBe('1 message dropped.\n');
      expect((await run(drop)).out).toBe('0 messages dropped.\n');
      const { out } = await run((context) => alerts(context, config), { columns: 400 });
      expect(out).toContain('NOT TOLD: Kim Example <kim@example.com> by journal: dropped: told by phone');
    });
  });

  it('asks which messages are meant, and tells an id that is none', async () => {
    await withoutJournal(async ({ run }) => {
      await expect(run((context) => outboxRetry(context, [], config))).rejects.toMatchObject({
        code: 'CLI_NO_MESSAGE_CHOSEN',
      });
      await expect(run((context) => outboxRetry(context, ['zz'], config))).rejects.toMatchObject({
        code: 'CLI_UNKNOWN_MESSAGE',
        message: expect.stringContaining('"zz": no message that waits'),
      });
    });
  });

  it('is understood with its options on either side of what is to be done', async () => {
    await withoutJournal(async ({ run }) => {
      const words =
        (...args: readonly string[]) =>
        (context: CommandContext) =>
          createProgram(context)(args);
      expect((await run(words('outbox', '-c', 'acme'))).out).toContain('1 message waiting');
      expect((await run(words('outbox', 'list', '-c', 'acme', '--json'))).out).toContain('"state": "pending"');
      expect((await run(words('outbox', 'drop', '--all', '--reason', 'x', '-c', 'acme'))).out).toBe(
        '1 message dropped.\n',
      );
    });
  });
});
