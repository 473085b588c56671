import { describe, expect, it } from 'vitest';
import { digest } from '#src/cli/commands/digest.js';
import { runCommand } from '#src/cli/commands/run.js';
import type { CommandContext } from '#src/cli/context.js';
import { withCollected } from './working-folder.js';

describe('digest', () => {
  it('says what a person has to know now, and sends nothing', async () => {
    await withCollected(async ({ run }) => {
      const { out, err } = await run((context) => digest(context, 'kim', { config: 'acme' }), {
        now: '2026-11-25T09:30:00Z',
      });
      expect(out).toBe(`Hello Kim Example,

My organisation: digest of 2026-11-25

1 alert is open, 1 new since 2026-11-18.

Open, the worst first:
- OFF TRACK, new: Rating by clients, since 2026-08; 0.5 stars (11.1 %) short of the target in 2026-10

Without an alert of its own:
- Orders delivered on time, 2026-10: 87.5 % against a target of 95, at risk; on track before

Due by:
- 2026-12-07: Rating by clients for 2026-11, from you
- 2026-12-07: Orders delivered on time for 2026-11, from you

Plumbline for My organisation
`);
      expect(err).toBe('Kim Example gets no digest: there is no digest setting.\n');
    });
  });

  it('is data with --json', async () => {
    await withCollected(async ({ run }) => {
      const { out } = await run((context) => digest(context, 'kim', { config: 'acme', json: true }), {
        now: '2026-11-25T09:30:00Z',
      });
      expect(JSON.parse(out)).toMatchObject({
        person: 'kim',
        since: '2026-11-18T09:30:00Z',
        at: '2026-11-25T09:30:00Z',
        isEmpty: false,
        sections: expect.arrayContaining([
          { heading: 'Open, the worst first', lines: [expect.stringContaining('OFF TRACK, new: Rating by clients')] },
        ]),
      });
    });
  });

  it('says that it would not be sent where nothing is new, and when what stays open is told again', async () => {
    await withCollected(async ({ run, edit }) => {
      await edit('acme/people.yaml', 'manager: robin', "manager: robin, digest: { every: day, at: '07:30' }");
      const collect = (context: CommandContext) => runCommand(context, { config: 'acme' });
      await run(collect, { now: '2026-11-24T09:30:00Z' });
      const show = (context: CommandContext) => digest(context, 'kim', { config: 'acme' });
      expect((await run(show, { now: '2026-11-24T10:00:00Z' })).err).toBe('');
      await run(collect, { now: '2026-11-25T09:30:00Z' });
      const { out, err } = await run(show, { now: '2026-11-25T10:00:00Z' });
      expect(out).toContain('nothing is new since 2026-11-25.');
      expect(err).toBe(
        'As nothing in it is new, it would not be sent. What stays open is told again from 2026-12-02 on.\n',
      );
    });
  });

  it('says of whoever is absent until when, and who stands in', async () => {
    await withCollected(async ({ run, edit }) => {
      const absent =
        "digest: { every: day, at: '07:30' }, absent: [{ from: 2026-11-25, to: 2026-11-27, stand_in: robin }]";
      await edit('acme/people.yaml', 'manager: robin', `manager: robin, ${absent}`);
      const now = '2026-11-25T09:30:00Z';
      await run((context) => runCommand(context, { config: 'acme' }), { now });
      const { err } = await run((context) => digest(context, 'kim', { config: 'acme' }), { now });
      expect(err).toBe(
        'Kim Example is absent until 2026-11-27 and gets the next digest after that; Robin Example stands in.\n',
      );
      const { out } = await run((context) => digest(context, 'robin', { config: 'acme' }), { now });
      expect(out).toContain(', from you, for Kim Example\n');
    });
  });

  it('names the people there are where there is no such one', async () => {
    await withCollected(async ({ run }) => {
      await expect(run((context) => digest(context, 'nobody', { config: 'acme' }))).rejects.toMatchObject({
        code: 'CLI_UNKNOWN_PERSON',
        remedy: expect.stringContaining('kim'),
      });
    });
  });
});
