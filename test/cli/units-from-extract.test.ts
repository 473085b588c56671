// Units that come from an extract, from the file to the plan: read when applied, kept where the source is gone.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apply } from '#src/cli/commands/apply.js';
import { check } from '#src/cli/commands/check.js';
import { explain } from '#src/cli/commands/explain.js';
import { runCommand } from '#src/cli/commands/run.js';
import { status } from '#src/cli/commands/status.js';
import { type WorkingFolder, withWorkingFolder } from './working-folder.js';

const SHOPS = `id,name,region,answers,target_sales,as_of
north,North,,,,2026-01-01
s1,Shop 1,north,kim,100,2026-01-01
s2,Shop 2,north,nobody,,2026-01-01
s2,Shop Two,north,nobody,,2026-02-01
`;

const FILES: Readonly<Record<string, string>> = {
  'acme/site.yaml': `id: acme
name: Acme
time_zone: Europe/Berlin
store: { client: sqlite, file: ../store.sqlite }
operator: robin
channels: { journal: { kind: file, path: ../alerts.log } }
`,
  'acme/people.yaml': 'people: { robin: { name: Robin }, kim: { name: Kim } }\n',
  'acme/connections.yaml': 'connections: { files: { connector: csv, owner: robin, options: { folder: ../in } } }\n',
  'acme/extracts/all.yaml': `extracts:
  shop-list:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: shops.csv }
    time: as_of
    columns: { id: text, name: text, region: text, answers: text, target_sales: decimal, as_of: date }
  sales:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: sales.csv }
    time: day
    columns: { day: date, shop: text, amount: decimal }
`,
  'acme/units.yaml': `units:
  shops:
    from: { extract: shop-list, id: id, name: name, parent: region, owner: answers, attributes: [target_sales] }
`,
  'acme/scorecards/shops.yaml': `scorecard: { id: shops, name: Shops, owner: robin, frequency: monthly, for_each: shops }
perspectives: [{ id: financial, name: Financial }]
objectives: [{ id: grow, name: Grow, perspective: financial, owner: robin }]
measures:
  - id: sales
    name: Sales
    objective: grow
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: { extract: sales, sum: amount, unit: { column: shop } }
    targets: { attribute: target_sales }
`,
  'in/shops.csv': SHOPS,
  'in/sales.csv': 'day,shop,amount\n2026-10-05,s1,60\n2026-10-06,s1,50\n2026-10-06,s2,7\n2026-10-07,s9,1000\n',
};

const OPTIONS = { config: 'acme' } as const;

async function withShops(work: (folder: WorkingFolder & { write: typeof writeIn }) => Promise<void>): Promise<void> {
  const writeIn = async (path: string, files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), text);
    }
  };
  await withWorkingFolder(async (folder) => {
    await writeIn(folder.path, FILES);
    await work({ ...folder, write: writeIn });
  });
}
declare function writeIn(path: string, files: Readonly<Record<string, string>>): Promise<void>;

describe('units from an extract', () => {
  it('are read by run --once, which says what became of them and collects each', async () => {
    await withShops(async ({ run, path }) => {
      const first = await run((context) => runCommand(context, OPTIONS));
      expect(first.out).toContain('Units of "shops": 3 new (north, s1, s2)\n');
      expect(first.err).toContain('Warning: Units of "shops": no such person: "nobody" of "s2"');
      expect(first.err).toContain('1 of 2 units have no "target_sales" (s2): their sales has no target');
      const json = await run((context) => status(context, { ...OPTIONS, json: true }));
      const nodes = (JSON.parse(json.out) as { nodes: { address: string; name: string; value: string | null }[] })
        .nodes;
      expect(nodes.find(({ address }) => address === 'shops/s1/sales')).toMatchObject({
        value: '110',
        target: '100',
        owner: { id: 'kim' },
        status: 'on_track',
      });
      expect(nodes.find(({ address }) => address === 'shops/s2/sales')).toMatchObject({
        value: '7',
        status: 'no_target',
        owner: { id: 'robin' },
      });
      expect(nodes.find(({ address }) => address === 'shops/s2')).toMatchObject({ name: 'Shop Two' });
      const again = await run((context) => runCommand(context, OPTIONS));
      expect(again.out).not.toContain('Units of');
      expect(await readFile(join(path, 'in/shops.csv'), 'utf8')).toBe(SHOPS);
    });
  });

  it('that come, go and move are told by apply before anything is changed', async () => {
    await withShops(async ({ run, edit }) => {
      await run((context) => apply(context, { ...OPTIONS, storeOnly: true }));
      await edit('in/shops.csv', 's1,Shop 1,north', 's1,Shop 1,s2');
      await edit('in/shops.csv', 'north,North,', 'south,South,');
      await edit('in/shops.csv', /,north,/g, ',south,');
      const expected =
        'Units of "shops": 1 new (south), 1 gone (north), 2 moved (s1: north -> s2, s2: north -> south)\n' +
        '  What is made of moved units changes above them, in closed periods too.\n';
      for (let time = 0; time < 2; time++) {
        const { out } = await run((context) => apply(context, { ...OPTIONS, storeOnly: true, dryRun: true }));
        expect(out).toMatch(
          new RegExp(`^${expected.replace(/[()]/g, '\\$&')}Revision \\w+ would be put into the store`),
        );
      }
      expect((await run((context) => apply(context, { ...OPTIONS, storeOnly: true }))).out).toContain(expected);
      expect((await run((context) => apply(context, { ...OPTIONS, storeOnly: true }))).out).not.toContain('Units');
    });
  });

  it.each([
    ['file', 'in/shops.csv', /the 3 applied last stay\. SOURCE_UNITS_UNUSABLE .*no row of it names a unit/],
    ['folder', 'in', /the 3 applied last stay\. SOURCE_\w+ /],
  ])('stay as they were applied where the %s is gone, and a warning says so', async (_what, gone, warning) => {
    await withShops(async ({ run, path }) => {
      const { out: before } = await run((context) => apply(context, { ...OPTIONS, storeOnly: true }));
      await rm(join(path, gone), { recursive: true });
      const { out, err } = await run((context) => apply(context, { ...OPTIONS, storeOnly: true }));
      expect(err).toMatch(warning);
      expect(before).toBe(`Units of "shops": 3 new (north, s1, s2)\n${out}`);
    });
  });

  it('that contradict each other are not believed', async () => {
    await withShops(async ({ run, edit }) => {
      await run((context) => runCommand(context, OPTIONS));
      await edit('in/shops.csv', 's1,', 'S2,');
      const { err } = await run((context) => runCommand(context, OPTIONS));
      expect(err).toContain('the 3 applied last stay. SOURCE_UNITS_UNUSABLE');
      expect(err).toContain('"S2" and "s2" would both have the id "s2"');
    });
  });

  it.each([
    [
      'a clash of ids',
      { 'in/shops.csv': `${SHOPS}S 1,,,,,2026-01-01\nS-1,,,,,2026-01-01\n` },
      'SOURCE_UNITS_UNUSABLE',
      /"S 1" and "S-1"/,
    ],
    [
      'no row',
      { 'in/shops.csv': 'id,name,region,answers,target_sales,as_of\n' },
      'SOURCE_UNITS_UNUSABLE',
      /no row of it names a unit/,
    ],
    [
      'no file',
      {
        'acme/connections.yaml':
          'connections: { files: { connector: csv, owner: robin, options: { folder: ../out } } }\n',
      },
      /^SOURCE_/,
      /none were ever read/,
    ],
  ])('are an error with %s where none were applied before', async (_what, files, code, message) => {
    await withShops(async ({ run, path, write }) => {
      await write(path, files);
      const failing = run((context) => apply(context, { ...OPTIONS, storeOnly: true }));
      await expect(failing).rejects.toMatchObject({
        code: typeof code === 'string' ? code : expect.stringMatching(code),
        message: expect.stringMatching(message),
      });
    });
  });

  it('leave rejected rows out and say which', async () => {
    await withShops(async ({ run, edit }) => {
      await edit('in/shops.csv', 'kim,100', 'kim,#N/A');
      const { out, err } = await run((context) => apply(context, { ...OPTIONS, storeOnly: true }));
      expect(out).toContain('2 new (north, s2)');
      expect(err).toMatch(/1 row was rejected; shops\.csv:3 target_sales: error_token "#N\/A"/);
    });
  });

  it('are left alone by check, which says when they are read', async () => {
    await withShops(async ({ run, path }) => {
      await rm(join(path, 'in'), { recursive: true });
      const { out } = await run((context) => check(context, OPTIONS));
      expect(out).toContain('1 scorecard, 1 objective, 1 measure.');
      expect(out).toContain(
        '"shops" is one for each of the units "shops", which are read from "shop-list" when it is applied.',
      );
      expect(out).toContain('files-day-0630: sales\n');
    });
  });

  it('are those that were applied for a command that only looks', async () => {
    await withShops(async ({ run, path }) => {
      await run((context) => runCommand(context, OPTIONS));
      await rm(join(path, 'in'), { recursive: true });
      const { out, err } = await run((context) => explain(context, 'shops/s1/sales', undefined, OPTIONS));
      expect(out).toContain('110');
      expect(err).not.toContain('not the one applied last');
    });
  });
});
