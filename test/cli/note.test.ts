import { describe, expect, it } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { note } from '#src/cli/commands/note.js';
import { status } from '#src/cli/commands/status.js';
import type { CommandContext } from '#src/cli/context.js';
import { createProgram } from '#src/cli/program.js';
import { type WorkingFolder, withCollected } from './working-folder.js';

const config = { config: 'acme' };
const write =
  (address: string, period: string, text: string, author = 'kim') =>
  (context: CommandContext) =>
    note(context, { address, period, text }, { ...config, author });
const explained = (address: string, period?: string) => (context: CommandContext) =>
  explain(context, address, period, config);

const json = async ({ run }: WorkingFolder, command: (context: CommandContext) => Promise<number>) =>
  JSON.parse((await run(command)).out);

describe('plumbline note', () => {
  it('keeps what a person wrote, for explain and status', async () => {
    await withCollected(async (folder) => {
      const { run } = folder;
      const { out } = await run(write('client-rating', '2026-10', ' Two of five were new. '));
      expect(out).toBe('Noted by Kim Example on company/client-rating in 2026-10.\n');
      expect((await run(explained('client-rating'))).out).toContain(
        '\nWhat people wrote\n  Kim Example, 2026-11-23 10:30: Two of five were new.\n',
      );
      expect((await run((context) => status(context, config))).out).toContain(
        'note by Kim Example: Two of five were new.\n',
      );
      const { nodes } = await json(folder, (context) => status(context, { ...config, json: true }));
      const notes = nodes.map(({ note: one }: { note: { text: string } | null }) => one).filter(Boolean);
      expect(notes).toEqual([{ text: 'Two of five were new.', author: 'kim', writtenAt: '2026-11-23T09:30:00.123Z' }]);
    });
  });

  it('shows the last note of a period, and has the earlier ones still', async () => {
    await withCollected(async (folder) => {
      const { run } = folder;
      await run(write('client-rating', '2026-10', 'Too early to say.'));
      const { out } = await run(write('client-rating', '2026-10', 'Two of five were new.'));
      expect(out).toContain('It is shown in place of the one before.');
      const text = (await run(explained('client-rating', '2026-10'))).out;
      expect(text).toContain('Two of five were new.');
      expect(text).not.toContain('Too early');
      expect(text).toContain('It stands in place of 1 earlier note; all of them: --json.');
      const { notes } = await json(folder, (context) =>
        explain(context, 'client-rating', '2026-10', { ...config, json: true }),
      );
      expect(notes.map((each: { text: string }) => each.text)).toEqual(['Too early to say.', 'Two of five were new.']);
    });
  });

  it('is of one period: another does not show it', async () => {
    await withCollected(async ({ run }) => {
      await run(write('client-rating', '2026-09', 'Strike in the depot.'));
      expect((await run(explained('client-rating', '2026-10'))).out).not.toContain('Strike');
      expect((await run((context) => status(context, config))).out).not.toContain('Strike');
    });
  });

  it('can be on an objective, a perspective or a scorecard', async () => {
    await withCollected(async ({ run }) => {
      await run(write('company', '2026-10', 'A hard month.'));
      expect((await run(explained('company', '2026-10'))).out).toContain('A hard month.');
    });
  });

  it.each([
    ['client-ratng', '2026-10', 'x', 'CLI_UNKNOWN_MEASURE', 'Cannot write a note on "client-ratng": no measure'],
    ['client-rating', '2026-W10', 'x', 'CLI_OTHER_FREQUENCY', 'in "2026-W10": that is a weekly period'],
    ['client-rating', 'October', 'x', 'CONFIG_BAD_PERIOD', 'October'],
    ['client-rating', '2026-10', '  ', 'CLI_BAD_NOTE', 'in "2026-10": the text is empty.'],
    ['client-rating', '2026-10', 'x'.repeat(4_001), 'CLI_BAD_NOTE', 'the text has 4,001 characters.'],
  ])('refuses %s %s', async (address, period, text, code, message) => {
    await withCollected(async ({ run }) => {
      await expect(run(write(address, period, text))).rejects.toMatchObject({
        code,
        message: expect.stringContaining(message),
      });
    });
  });

  it('asks who writes it where that is not clear', async () => {
    await withCollected(async ({ run }) => {
      await expect(run(write('client-rating', '2026-10', 'x', 'nobody'))).rejects.toMatchObject({
        code: 'CLI_UNKNOWN_AUTHOR',
      });
    });
  });

  it('is a command', async () => {
    await withCollected(async ({ run }) => {
      const { out } = await run((context) =>
        createProgram(context)([
          'note',
          'client-rating',
          '2026-10',
          'Fine.',
          '--author',
          'kim',
          '-c',
          'acme',
          '--json',
        ]),
      );
      expect(JSON.parse(out).note).toMatchObject({ node: 'company/client-rating', periodId: '2026-10', text: 'Fine.' });
    });
  });
});
