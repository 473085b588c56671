import { describe, expect, it } from 'vitest';
import { init } from '#src/cli/commands/init.js';
import { runCommand } from '#src/cli/commands/run.js';
import { status } from '#src/cli/commands/status.js';
import type { CommandContext } from '#src/cli/context.js';
import { displayWidth } from '#src/cli/render/text-width.js';
import { readConfig } from '#src/config/index.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { openSiteStore } from '#src/worker/open-site-store.js';
import { NOW, type WorkingFolder, withCollected, withWorkingFolder } from './working-folder.js';

const show = (context: CommandContext) => status(context, { config: 'acme' });
const showAsJson = (context: CommandContext) => status(context, { config: 'acme', json: true });

async function applyOnly({ path }: WorkingFolder): Promise<void> {
  const { config } = await readConfig(`${path}/acme`, builtInConnectors);
  if (config === undefined) throw new Error('the configuration has errors');
  const store = await openSiteStore(config.site.store, config.folder, {});
  await applyToStore(store, config, NOW);
  await store.close();
}

describe('status', () => {
  it('shows the scorecard as a tree with signs and words, figures, periods, age and owners', async () => {
    await withCollected(async ({ run }) => {
      const { out, err } = await run(show);
      expect(out).toMatchInlineSnapshot(`
        "My organisation, 2026-11-23 10:30 (Europe/Berlin)

                                        status       score  coverage  value  target  unit   period           age  owner
        Company scorecard               ▲ at risk     77.6     100 %                        2026-11 so far  23 d  Robin Example
          Financial                     ● on track   100.0     100 %                        2026-11 so far  23 d  Robin Example
            Grow sales                  ● on track   100.0     100 %                        2026-11 so far  23 d  Robin Example
              Sales                     ● on track   100.0            4,400   4,000  EUR    2026-10         23 d  Robin Example
          Customer                      ▲ at risk     55.2     100 %                        2026-11 so far  23 d  Robin Example
            Please our clients          ▲ at risk     55.2     100 %                        2026-11 so far  23 d  Kim Example
              Orders delivered on time  ▲ at risk     60.5             87.5      95  %      2026-10         23 d  Kim Example
              Rating by clients         ✖ off track   44.4              4.0     4.5  stars  2026-10         23 d  Kim Example

        3 measures: 1 on track, 1 at risk, 1 off track.
        "
      `);
      expect(err).toBe('Where a value comes from: plumbline explain company/client-rating --config acme\n');
    });
  });

  it('shows the label of a band beside the status', async () => {
    await withWorkingFolder(async ({ run, edit }) => {
      await run((context) => init(context, 'acme'));
      const bands = '[{ from: 0.9, status: on_track, label: 5 stars }, { status: at_risk, label: fewer }]';
      await edit('acme/scorecards/company.yaml', 'name: Customer }', `name: Customer, roll_up: { bands: ${bands} } }`);
      await run((context) => runCommand(context, { config: 'acme' }));
      const { out } = await run(show);
      expect(out).toMatch(/Customer +▲ at risk, fewer +55\.2 /);
      expect(out).toMatch(/Please our clients +▲ at risk, fewer /);
      expect(out).toMatch(/Financial +● on track +100\.0 /);
    });
  });

  it('has no colour unless a terminal shows it and nobody forbids it', async () => {
    await withCollected(async ({ run }) => {
      const plain = await run(show);
      const forbidden = await run(show, { isTTY: true, env: { NO_COLOR: '1' } });
      const coloured = await run(show, { isTTY: true, env: { NO_COLOR: '' } });
      expect(plain.out).not.toContain('\u001b');
      expect(forbidden.out).toBe(plain.out);
      expect(coloured.out).toContain('\u001b[31m✖ off track\u001b[0m');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are taken out again
      expect(coloured.out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out);
    });
  });

  it('shortens names and then leaves out columns on a narrow terminal, and says which', async () => {
    await withCollected(async ({ run }) => {
      const { out, err } = await run(show, { columns: 70 });
      expect(out.split('\n').filter((line) => displayWidth(line) > 70)).toEqual([]);
      expect(out).toContain('Orders delivered on t…');
      expect(out).toMatch(/4,400 +4,000 +EUR/);
      expect(err).toContain('Left out, since the terminal is narrow: owner, age, coverage');
    });
  });

  it('never shortens a number, however narrow the terminal', async () => {
    await withCollected(async ({ run }) => {
      const { out } = await run(show, { columns: 10 });
      expect(out).toContain('100.0');
      expect(out).toContain('4,400');
    });
  });

  it('keeps the table in line where names have wide characters', async () => {
    await withWorkingFolder(async (folder) => {
      await folder.run((context) => init(context, 'acme'));
      await folder.edit('acme/scorecards/company.yaml', 'name: Sales', 'name: 売上高');
      await folder.run((context) => runCommand(context, { config: 'acme' }));
      const { out } = await folder.run(show);
      const lines = out.split('\n').filter((line) => line.includes('● on track') || line.includes('▲ at risk'));
      const starts = lines.map((line) => displayWidth(line.slice(0, line.search(/[●▲]/))));
      expect(out).toContain('売上高');
      expect(new Set(starts).size).toBe(1);
    });
  });

  it('does not obey control characters in names', async () => {
    await withWorkingFolder(async (folder) => {
      await folder.run((context) => init(context, 'acme'));
      await folder.edit('acme/scorecards/company.yaml', 'name: Sales', 'name: "Sa\\e[2Jles"');
      await folder.run((context) => runCommand(context, { config: 'acme' }));
      expect((await folder.run(show)).out).not.toContain('\u001b');
    });
  });

  it('says since when a measure has been late or missing, and its target all the same', async () => {
    await withCollected(async ({ run }) => {
      const now = '2027-02-20T09:30:00Z';
      await run((context) => runCommand(context, { config: 'acme' }), { now });
      const { out } = await run(show, { now });
      expect(out).toMatch(/Sales +\? missing +4,000 {2}EUR +since 2026-11 +Robin Exam/);
      expect(out).toContain('why: source has nothing newer; Robin Example can act');
      expect(out).toContain('3 measures: 3 missing.');
      const { nodes } = JSON.parse((await run(showAsJson, { now })).out);
      expect(nodes.at(-1).absence).toMatchObject({ reason: 'nothing_newer', who: { name: 'Robin Example' } });
      expect(out).toMatch(/Company scorecard +∅ insufficient data +0 % +2027-02 so far/);
    });
  });

  it('says so when nothing has been collected yet, and what to do', async () => {
    await withWorkingFolder(async (folder) => {
      await folder.run((context) => init(context, 'acme'));
      await applyOnly(folder);
      const { out, err } = await folder.run(show);
      expect(out).toBe('My organisation: nothing has been collected yet.\n');
      expect(err).toContain('plumbline run --once --config acme');
    });
  });

  it('says what to do when there is no store yet', async () => {
    await withWorkingFolder(async ({ run }) => {
      await run((context) => init(context, 'acme'));
      await expect(run(show)).rejects.toMatchObject({
        code: 'STORE_NOT_READY',
        kind: 'config',
        remedy: expect.stringContaining('plumbline apply'),
      });
    });
  });

  it('shows what was applied while somebody is changing the files', async () => {
    await withCollected(async ({ run, edit }) => {
      await edit('acme/scorecards/company.yaml', 'measures:', 'mesures:');
      expect((await run(show)).out).toMatch(/Sales +● on track/);
    });
  });

  it('says what is wrong with a site file that does not tell where the store is', async () => {
    await withCollected(async ({ run, edit }) => {
      await edit('acme/site.yaml', 'client: sqlite', 'client: sqlight');
      await expect(run(show)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    });
  });

  it('says so when there is no such folder', async () => {
    await withWorkingFolder(async ({ run }) => {
      await expect(run(show)).rejects.toMatchObject({ code: 'CONFIG_FOLDER_MISSING' });
    });
  });

  it('writes JSON of one shape: every key, decimals as texts, null for what is not there', async () => {
    await withCollected(async ({ run }) => {
      const { out, err } = await run(showAsJson);
      const { asOf, site, nodes } = JSON.parse(out);
      expect({ asOf, site }).toEqual({
        asOf: NOW,
        site: { id: 'acme', name: 'My organisation', timeZone: 'Europe/Berlin' },
      });
      expect(err).toBe('');
      expect(nodes).toHaveLength(8);
      expect(new Set(nodes.map((node: object) => Object.keys(node).join())).size).toBe(1);
      expect(nodes[0]).toMatchObject({ address: 'company', parent: null, value: null, coverage: '1' });
      expect(nodes.at(-1)).toEqual({
        address: 'company/client-rating',
        kind: 'measure',
        name: 'Rating by clients',
        parent: 'company/please-clients',
        owner: { id: 'kim', name: 'Kim Example' },
        weight: '1',
        status: 'off_track',
        band: null,
        points: null,
        possible: null,
        score: '0.44444444444444444444',
        coverage: '1',
        value: '4',
        unit: 'stars',
        decimals: 1,
        direction: 'higher-is-better',
        frequency: 'monthly',
        target: '4.5',
        period: { id: '2026-10', start: '2026-10-01', end: '2026-11-01', open: false },
        partial: null,
        otherDays: null,
        sumOfNoRows: false,
        soFar: null,
        note: null,
        oldestData: '2026-10-31',
        ageDays: 23,
        since: null,
        dates: {
          due: '2026-11-06T23:00:00Z',
          lateFrom: '2026-11-06T23:00:01Z',
          missingFrom: '2026-11-09T23:00:01Z',
          lockedFrom: null,
        },
        absence: null,
        timeliness: null,
        reason: null,
        without: null,
        scoredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        run: 'sample-day-0630@2026-11-23T09:30:00Z',
      });
    });
  });
});
