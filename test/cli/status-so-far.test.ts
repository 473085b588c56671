import { describe, expect, it } from 'vitest';
import { init } from '#src/cli/commands/init.js';
import { runCommand } from '#src/cli/commands/run.js';
import { status } from '#src/cli/commands/status.js';
import type { CommandContext } from '#src/cli/context.js';
import { withWorkingFolder } from './working-folder.js';

const config = { config: 'acme' };

describe('status of a measure whose only period is not over', () => {
  it('says what stands so far, and does not call it uncollected', async () => {
    await withWorkingFolder(async ({ run, edit }) => {
      await run((context) => init(context, 'acme'));
      await edit('acme/scorecards/company.yaml', /(\n *- id: sales\n[\s\S]*?frequency: )monthly/, '$1yearly');
      await edit('acme/site.yaml', /^operator/m, 'history_months: 11\noperator');
      const now = '2026-11-23T09:30:00Z';
      await run((context) => runCommand(context, config), { now });
      const show = (context: CommandContext) => status(context, config);
      const { out } = await run(show, { now, columns: 400 });
      expect(out).toMatch(/· nothing yet[^\n]*\n +[\d,.]+ \S+ so far in 2026, which is not over\n/);
      expect(out).toMatch(/1 with a first period that is not over/);
      expect(out).not.toContain('not collected yet');
      const json = JSON.parse((await run((context) => status(context, { ...config, json: true }), { now })).out);
      const measure = json.nodes.find((node: { soFar: unknown }) => node.soFar !== null);
      expect(measure.soFar).toEqual({ period: '2026', value: expect.stringMatching(/^[\d.]+$/) });
    });
  });
});
