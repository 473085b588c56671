import { describe, expect, it } from 'vitest';
import { init } from '#src/cli/commands/init.js';
import { runCommand } from '#src/cli/commands/run.js';
import { status } from '#src/cli/commands/status.js';
import { withWorkingFolder } from './working-folder.js';

describe('run --once', () => {
  it('refuses a nominal time that has not come, and leaves the store as it is', async () => {
    await withWorkingFolder(async (folder) => {
      await folder.run((context) => init(context, 'acme'));
      const now = '2026-11-23T09:30:00.000Z';
      const at = (time: string) => folder.run((context) => runCommand(context, { config: 'acme', at: time }), { now });
      await expect(at('2027-11-23T09:30:00Z')).rejects.toMatchObject({ code: 'CLI_TIME_AHEAD', kind: 'config' });
      await expect(at('2026-11-23T09:30:01Z')).rejects.toMatchObject({ code: 'CLI_TIME_AHEAD' });
      expect((await at('2026-11-23T09:30:00Z')).out).toContain('@2026-11-23T09:30:00Z  done');
      const { out } = await folder.run((context) => status(context, { config: 'acme' }), { now });
      expect(out).not.toContain('2027');
    });
  });

  it('says so where an extract was read and nothing was there: its pattern may be wrong', async () => {
    await withWorkingFolder(async (folder) => {
      await folder.run((context) => init(context, 'acme'));
      await folder.edit('acme/extracts/orders.yaml', 'orders*.csv', 'order.csv');
      const now = '2026-11-23T09:30:00.000Z';
      const { out } = await folder.run((context) => runCommand(context, { config: 'acme' }), { now });
      expect(out).toMatch(
        /\n {2}orders: no row was seen\. No file in ".*" matches "order\.csv": nothing was delivered\n/,
      );
    });
  });
});
