// Values that are not of a whole period or window, in status and explain, in words and in JSON.
import { describe, expect, it } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { status } from '#src/cli/commands/status.js';
import { SHOP, shopCard, shopFiles, shopMeasure, withShop } from './shop-folder.js';
import type { WorkingFolder } from './working-folder.js';

const SUM = '{ extract: sales, sum: amount }';
const UNSCORED = '    direction: unscored\n';
const unscored = (id: string, from: string, more = ''): string =>
  shopMeasure(id, from, more).replace('    direction: higher-is-better\n', UNSCORED);

const shown = async ({ run }: WorkingFolder): Promise<string> =>
  (await run((context) => status(context, SHOP), { columns: 150 })).out;

interface Shown {
  readonly address: string;
  readonly partial: object | null;
}

async function partialOf({ run }: WorkingFolder, address: string): Promise<object | null | undefined> {
  const { out } = await run((context) => status(context, { ...SHOP, json: true }));
  return (JSON.parse(out) as { nodes: Shown[] }).nodes.find((node) => node.address === address)?.partial;
}

async function explained({ run }: WorkingFolder, measure: string, period: string) {
  const text = await run((context) => explain(context, measure, period, SHOP));
  const json = await run((context) => explain(context, measure, period, { ...SHOP, json: true }));
  return { text: text.out.replace(/\s+/g, ' '), json: JSON.parse(json.out) };
}

const ROWS = ['2026-09-10,a,50', '2026-10-10,a,60', '2026-11-10,a,70'];

describe('a window with a gap', () => {
  const card = shopCard([
    unscored('sales', SUM),
    unscored('season', '{ measure: sales, over: { rolling: 3 } }'),
    shopMeasure('held', '{ measure: sales, over: { rolling: 3 } }'),
    unscored('pair', '{ measure: sales, over: { rolling: 2 } }'),
  ]);

  it('is marked in status, whether it is held to a target or only shown', async () => {
    await withShop(shopFiles(card, ROWS), async (folder) => {
      const out = await shown(folder);
      expect(out).toMatch(/Season .*\n {10}partial: made without 2026-08\n/);
      expect(out).toMatch(/Held +∅ insufficient data .*\n {10}partial: made without 2026-08\n/);
      expect(out).toMatch(/\n {6}Pair .*110\.0 [^\n]*\n\n/);
      expect(await partialOf(folder, 'company/season')).toEqual({ open: false, lacks: 'made without 2026-08' });
      expect(await partialOf(folder, 'company/pair')).toBeNull();
    });
  });

  it('is marked in explain', async () => {
    await withShop(shopFiles(card, ROWS), async (folder) => {
      const { json } = await explained(folder, 'season', '2026-10');
      expect(json.partial).toEqual({ open: false, lacks: 'made without 2026-08' });
    });
  });
});

describe('a period with fewer observations than expected', () => {
  const expects = '    expects: { observations: 4, minimum: 0.5 }\n';
  const TARGET = '    targets: [{ from: 2020-01, value: 100 }]\n';

  it('is marked also where it has enough of them to be judged', async () => {
    const card = shopCard([shopMeasure('sales', SUM, `${TARGET}${expects}`), unscored('plain', SUM, expects)]);
    const rows = ['2026-10-01,a,40', '2026-10-08,a,40', '2026-10-15,a,40'];
    const words = '3 of 4 expected observations: 75 % where 50 % are needed';
    await withShop(shopFiles(card, rows), async (folder) => {
      const out = await shown(folder);
      expect(out).toMatch(new RegExp(`Sales +● on track .*\\n {10}partial: ${words}\\n`));
      expect(await partialOf(folder, 'company/sales')).toEqual({ open: false, lacks: words });
      expect((await explained(folder, 'plain', '2026-10')).text).toContain(
        `It is shown and not scored. It has ${words}.`,
      );
    });
  });

  it('is not marked with all of them', async () => {
    const card = shopCard([shopMeasure('sales', SUM, `${TARGET}${expects}`)]);
    const rows = ['2026-10-01,a,40', '2026-10-08,a,40', '2026-10-15,a,40', '2026-10-22,a,40'];
    await withShop(shopFiles(card, rows), async (folder) => {
      expect(await shown(folder)).not.toContain('partial');
      expect(await partialOf(folder, 'company/sales')).toBeNull();
    });
  });
});

describe('an open period', () => {
  it('says that it is partial', async () => {
    await withShop(shopFiles(shopCard([shopMeasure('sales', SUM)]), ROWS), async (folder) => {
      const { text, json } = await explained(folder, 'sales', '2026-11');
      expect(text).toContain('The value is 70.0 EUR.');
      expect(text).toContain(
        'The period is not over: the value is partial, of what there is so far, and may still change.',
      );
      expect(json.partial).toEqual({ open: true, lacks: null });
      const closed = await explained(folder, 'sales', '2026-10');
      expect(closed.text).not.toContain('partial');
      expect(closed.json.partial).toBeNull();
      expect(await shown(folder)).toMatch(/Company .* 2026-11 so far/);
      expect(await partialOf(folder, 'company')).toEqual({ open: true, lacks: null });
      expect(await partialOf(folder, 'company/sales')).toBeNull();
    });
  });
});
