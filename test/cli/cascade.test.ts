// A group over regions over shops, by score and by value: what is stored, what status shows, what is found by name.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '#src/cli/commands/check.js';
import { explain } from '#src/cli/commands/explain.js';
import { runCommand } from '#src/cli/commands/run.js';
import { status } from '#src/cli/commands/status.js';
import { type WorkingFolder, withWorkingFolder } from './working-folder.js';

const OPTIONS = { config: 'acme' } as const;

const measure = (id: string, objective: string, from: string, targets: string): string => `  - id: ${id}
    name: ${id}
    objective: ${objective}
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: ${from}
    targets: ${targets}
    bands: { on_track: '>= 100% of target', at_risk: '>= 90% of target' }
`;

const tree = (head: string, measures: string): string => `scorecard: { owner: robin, frequency: monthly, ${head} }
perspectives: [{ id: money, name: Money }]
objectives: [{ id: sell, name: Sell, perspective: money, owner: robin }]
measures:
${measures}`;

const UNITS = `units:
  shops:
    list:
      - { id: north, name: North, attributes: { goal: 250 } }
      - { id: south, name: South, attributes: { goal: 60 } }
      - { id: a, name: A, parent: north, attributes: { goal: 100 } }
      - { id: b, name: B, parent: north, weight: 3, attributes: { goal: 100 } }
      - { id: c, name: C, parent: south, attributes: { goal: 50 } }
`;

function files(parentsBy: 'score' | 'value', units = UNITS): Readonly<Record<string, string>> {
  return {
    'acme/site.yaml': `id: acme
name: Acme
time_zone: Europe/Berlin
store: { client: sqlite, file: ../store.sqlite }
operator: robin
channels: { journal: { kind: file, path: ../alerts.log } }
`,
    'acme/people.yaml': 'people: { robin: { name: Robin } }\n',
    'acme/connections.yaml': 'connections: { files: { connector: csv, owner: robin, options: { folder: ../in } } }\n',
    'acme/extracts/all.yaml': `extracts:
  sales:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: sales.csv }
    time: day
    columns: { day: date, shop: text, amount: { type: decimal, locale: en-US }, orders: integer }
`,
    'acme/units.yaml': units,
    'acme/scorecards/group.yaml': tree(
      'id: group, name: Group',
      measure('sales', 'sell', '{ children: sales, combine: sum }', '[{ from: 2026-01, value: 300 }]'),
    ),
    'acme/scorecards/shops.yaml': tree(
      `id: shops, name: Shops, for_each: shops, parents_by: ${parentsBy}, parent: group, weight: 2`,
      `${measure('sales', 'sell', '{ extract: sales, sum: amount, unit: { column: shop } }', '{ attribute: goal }')}${measure(
        'basket',
        'sell',
        '{ extract: sales, ratio: { numerator: { sum: amount }, denominator: { sum: orders } }, unit: { column: shop } }',
        '[{ from: 2026-01, value: 10 }]',
      )}`,
    ),
    // Baskets: a 10, b 9, together (120 + 90) / 22; the mean of the two would be 9.5.
    'in/sales.csv': `day,shop,amount,orders
2026-10-05,a,70,5
2026-10-06,a,50,7
2026-10-07,b,90,10
2026-10-08,c,40,4
`,
  };
}

async function withSite(
  written: Readonly<Record<string, string>>,
  work: (folder: WorkingFolder) => Promise<void>,
): Promise<void> {
  await withWorkingFolder(async (folder) => {
    for (const [name, text] of Object.entries(written)) {
      await mkdir(dirname(join(folder.path, name)), { recursive: true });
      await writeFile(join(folder.path, name), text);
    }
    await folder.run((context) => runCommand(context, OPTIONS));
    await work(folder);
  });
}

interface Node {
  readonly address: string;
  readonly parent: string | null;
  readonly weight: string;
  readonly value: string | null;
  readonly target: string | null;
  readonly status: string | null;
  readonly score: string | null;
}

async function nodesOf({ run }: WorkingFolder, address?: string): Promise<readonly Node[]> {
  const { out } = await run((context) => status(context, { ...OPTIONS, json: true }, address));
  return (JSON.parse(out) as { nodes: Node[] }).nodes;
}

describe('a cascade', () => {
  it('is stored depth first, each scorecard below the one it counts for, with its weight', async () => {
    await withSite(files('value'), async (folder) => {
      const nodes = await nodesOf(folder);
      const scorecards = nodes.filter(
        ({ address, parent }) => parent === null || !address.includes('/') || /^shops\/\w+$/.test(address),
      );
      expect(scorecards.map(({ address, parent, weight }) => [address, parent, weight])).toEqual([
        ['group', null, '1'],
        ['shops', 'group', '2'],
        ['shops/north', 'shops', '1'],
        ['shops/a', 'shops/north', '1'],
        ['shops/b', 'shops/north', '3'],
        ['shops/south', 'shops', '1'],
        ['shops/c', 'shops/south', '1'],
      ]);
      const at = (address: string): number => nodes.findIndex((node) => node.address === address);
      expect(at('shops/north/sales')).toBeLessThan(at('shops/a'));
      expect(at('shops/a/sales')).toBeLessThan(at('shops/b'));
    });
  });

  it('by value: sums and ratios of sums of the units below, each held to its own target', async () => {
    await withSite(files('value'), async (folder) => {
      const values = new Map((await nodesOf(folder)).map((node) => [node.address, node]));
      expect(values.get('shops/north/sales')).toMatchObject({ value: '210', target: '250', status: 'off_track' });
      expect(values.get('shops/south/sales')).toMatchObject({ value: '40', target: '60' });
      expect(values.get('shops/north/basket')?.value).toMatch(/^9\.5454545/);
      expect(values.get('shops/b/basket')?.value).toBe('9');
      expect(values.get('group/sales')).toMatchObject({ value: '250', target: '300' });
    });
  });

  it('by score: the weighted scores of the units below, and no values', async () => {
    await withSite(files('score'), async (folder) => {
      const nodes = await nodesOf(folder);
      const score = (address: string): string => nodes.find((node) => node.address === address)?.score ?? '';
      expect(nodes.filter(({ address }) => address.startsWith('shops/north/'))).toEqual([]);
      const [a, b] = [Number(score('shops/a')), Number(score('shops/b'))];
      expect(Number(score('shops/north'))).toBeCloseTo((a + 3 * b) / 4, 12);
      // The group takes the nearest below that have the measure: here the shops.
      expect(nodes.find(({ address }) => address === 'group/sales')).toMatchObject({ value: '250' });
    });
  });

  it('computes a unit anew when another one has come below it', async () => {
    await withSite(files('value'), async (folder) => {
      await folder.edit('acme/units.yaml', 'name: C, parent: south', 'name: C, parent: north');
      const { out } = await folder.run((context) => runCommand(context, OPTIONS));
      expect(out).toContain(
        'Units of "shops": 1 moved (c: south -> north)\n' +
          '  What is made of moved units changes above them, in closed periods too.\n',
      );
      const told = await folder.run((context) => explain(context, 'shops/north/sales', '2026-10', OPTIONS));
      expect(told.out.replace(/\s+/g, ' ')).toMatch(
        /2\. As restated: 250\.0 EUR, recorded [^.]*; shops\/c\/sales has come below it\./,
      );
      const nodes = await nodesOf(folder);
      expect(nodes.find(({ address }) => address === 'shops/north/sales')).toMatchObject({ value: '250' });
      // What was computed for a unit that nothing is below any more was never reported by the source.
      expect(nodes.find(({ address }) => address === 'shops/south/sales')).toMatchObject({ value: null });
      expect(nodes.find(({ address }) => address === 'group/sales')).toMatchObject({ value: '250' });
      await folder.edit('in/sales.csv', '2026-10-08,c', '2026-10-09,south,1,1\n2026-10-08,c');
      await folder.run((context) => runCommand(context, OPTIONS));
      const after = await nodesOf(folder);
      expect(after.find(({ address }) => address === 'shops/south/sales')).toMatchObject({ value: '1' });
      expect(after.find(({ address }) => address === 'group/sales')).toMatchObject({ value: '251' });
    });
  });

  it('is one table in status, indented as it cascades', async () => {
    await withSite(files('value'), async ({ run }) => {
      const { out } = await run((context) => status(context, OPTIONS));
      const indent = (name: string): number =>
        out
          .split('\n')
          .find((line) => line.trimStart().startsWith(`${name} `))
          ?.search(/\S/) ?? -1;
      expect([indent('Group'), indent('Shops'), indent('North'), indent('A')]).toEqual([0, 2, 4, 6]);
    });
  });

  it.each([
    ['a unit', 'shops/north', ['shops/north', 'shops/a', 'shops/b'], ['shops/south', 'group']],
    ['a unit by its last part', 'north', ['shops/north', 'shops/a'], ['shops/south']],
    ['an objective', 'shops/a/sell', ['shops/a/sell', 'shops/a/sales'], ['shops/a', 'shops/b/sell']],
    ['a measure', 'shops/a/sales', ['shops/a/sales'], ['shops/a/basket', 'shops/a']],
  ])('is shown from %s down', async (_what, address, shown, hidden) => {
    await withSite(files('value'), async (folder) => {
      const addresses = (await nodesOf(folder, address)).map((node) => node.address);
      expect(addresses).toEqual(expect.arrayContaining(shown));
      for (const each of hidden) expect(addresses).not.toContain(each);
      const { out } = await folder.run((context) => status(context, OPTIONS, address));
      expect(out).toMatch(/^Acme, [^\n]*\n\n[^\n]*status[^\n]*\n\S/);
    });
  });

  it('says what was probably meant by an address that is not there', async () => {
    await withSite(files('value'), async ({ run }) => {
      const unknown = run((context) => status(context, OPTIONS, 'shops/nort'));
      await expect(unknown).rejects.toMatchObject({
        code: 'CLI_UNKNOWN_ADDRESS',
        remedy: 'Did you mean "shops/north"?',
      });
      const ambiguous = run((context) => status(context, OPTIONS, 'basket'));
      await expect(ambiguous).rejects.toMatchObject({ code: 'CLI_AMBIGUOUS_ADDRESS' });
    });
  });
});

const MANY = `units:
  shops:
    list:
${Array.from({ length: 60 }, (_, index) => `      - { id: s${index}, name: Shop ${index}, attributes: { goal: ${index} } }\n`).join('')}`;

const sales = (rows: readonly string[]): string => `day,shop,amount,orders\n${rows.join('\n')}\n`;

describe('a definition of sixty units', () => {
  const many = {
    ...files('score', MANY),
    'in/sales.csv': sales(Array.from({ length: 60 }, (_, index) => `2026-10-05,s${index},30,3`)),
  };

  it('shows the worst of them, and how to see any', async () => {
    await withSite(many, async ({ run }) => {
      const { out } = await run((context) => status(context, OPTIONS));
      expect(out).toMatch(/Shops +/);
      // Sixty scorecards are two levels below: the group shows what is right below it.
      expect(out).not.toContain('Shop 3 ');
      const below = await run((context) => status(context, OPTIONS, 'shops'));
      expect(below.out).toContain('Shop 38');
      expect(below.out).not.toContain('Shop 3 ');
      expect(below.out).toMatch(
        /The 10 worst of 60 below it; any of them: plumbline status shops\/s\d+\s+--config acme/,
      );
      expect((below.out.match(/Shop \d+/g) ?? []).length).toBe(10);
      const one = await run((context) => status(context, OPTIONS, 'shops/s3'));
      expect(one.out).toContain('basket');
    });
  });

  it('is counted by check', async () => {
    await withSite(many, async ({ run }) => {
      const { out } = await run((context) => check(context, OPTIONS));
      expect(out).toContain('"shops" is one for each of 60 units of "shops": 120 measures.');
    });
  });

  it('lists no sixty names where the last part of an address is not enough', async () => {
    await withSite(many, async ({ run }) => {
      const failing = run((context) => explain(context, 'basket', undefined, OPTIONS));
      await expect(failing).rejects.toMatchObject({
        code: 'CLI_AMBIGUOUS_MEASURE',
        message: 'Cannot explain "basket": 60 measures end so.',
        remedy: 'Use the whole address: shops/<unit>/basket, such as shops/s0/basket.',
      });
      const found = await run((context) => explain(context, 's7/basket', undefined, OPTIONS));
      expect(found.out).toContain('shops/s7/basket');
      const unknown = run((context) => explain(context, 'shops/s7/baskte', undefined, OPTIONS));
      await expect(unknown).rejects.toMatchObject({ remedy: 'Did you mean "shops/s7/basket"?' });
    });
  });
});
