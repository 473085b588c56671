// A config folder whose rounds go by cron: the canary goes round with them, and none of the lists has it.
import { describe, expect, it } from 'vitest';
import { check } from '#src/cli/commands/check.js';
import type { Finding } from '#src/cli/doctor/finding.js';
import { createProgram } from '#src/cli/program.js';
import { type WorkingFolder, withCollected } from './working-folder.js';

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

const CANARY = "canary: { every: day, at: '07:00' }\n";

async function withCanary(folder: WorkingFolder, more = ''): Promise<void> {
  await folder.edit('acme/site.yaml', 'channels:', `${CANARY}${more}channels:`);
}

const program = async ({ run }: WorkingFolder, args: readonly string[], now = inHours(0.02)): Promise<string> =>
  (await run((context) => createProgram(context)([...args, '--config', 'acme']), { now })).out;

/** `health subject: says` of the canary. */
async function examine(folder: WorkingFolder, now: string): Promise<readonly string[]> {
  const out = await program(folder, ['doctor', '--no-temporal', '--json'], now);
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return findings
    .filter(({ area }) => area === 'canary')
    .map(({ health, subject, says }) => `${health} ${subject ?? ''}: ${says}`);
}

describe('a canary without Temporal', () => {
  it('goes round with run --once, and is missed only where the site says when the next round comes', async () => {
    await withCollected(async (folder) => {
      await withCanary(folder);
      expect(await examine(folder, inHours(0.1))).toEqual([]);
      expect(await program(folder, ['run', '--once'])).toContain('_canary-day-0700@');
      const round = /^ok : Its round for .*: pulled after \d+ seconds?, stored after .*, judged after /;
      expect(await examine(folder, inHours(0.1))).toEqual([expect.stringMatching(round)]);
      expect(await examine(folder, inHours(50))).toEqual([expect.stringMatching(round)]);
    });
  });

  it('is missed after the time that the site says', async () => {
    await withCollected(async (folder) => {
      await withCanary(folder, 'watch: { silent_after_minutes: 1500 }\n');
      await program(folder, ['run', '--once']);
      expect(await examine(folder, inHours(24))).toEqual([expect.stringMatching(/^ok : /)]);
      expect(await examine(folder, inHours(51))).toEqual([
        expect.stringMatching(/^fail pulled: It has not come round since .*: it was not pulled\.$/),
      ]);
    });
  });

  it('changes nothing that is listed', async () => {
    await withCollected(async (folder) => {
      const now = inHours(1);
      const lists = async (): Promise<readonly string[]> => [
        (await folder.run((context) => check(context, { config: 'acme' }))).out.replace(/Revision \w+/, 'Revision'),
        await program(folder, ['status', '--json'], now),
        await program(folder, ['alerts', '--json'], now),
        await program(folder, ['alerts', 'history', '--json'], now),
        await program(folder, ['digest', 'robin', '--json'], now),
      ];
      const before = await lists();
      await withCanary(folder);
      await program(folder, ['run', '--once']);
      const after = await lists();
      expect(after.map((list) => list.toLowerCase().includes('canary'))).toEqual(before.map(() => false));
      expect(after[0]).toBe(before[0]);
    });
  });
});
