// Which children a node's score is made without: below its row, and in JSON.
import { describe, expect, it } from 'vitest';
import { runCommand } from '#src/cli/commands/run.js';
import { status } from '#src/cli/commands/status.js';
import { averageOf, SHOP, shopCard, shopFiles, shopMeasure, withShop } from './shop-folder.js';
import type { WorkingFolder } from './working-folder.js';

const shown = async ({ run }: WorkingFolder, columns = 132): Promise<string> =>
  (await run((context) => status(context, SHOP), { columns })).out;

interface Without {
  readonly count: number;
  readonly children: readonly object[];
}

async function withoutOf({ run }: WorkingFolder): Promise<ReadonlyMap<string, Without | null>> {
  const { out } = await run((context) => status(context, { ...SHOP, json: true }));
  const { nodes } = JSON.parse(out) as { nodes: { address: string; without: Without | null }[] };
  return new Map(nodes.map(({ address, without }) => [address, without]));
}

describe('status of a node with children without a score', () => {
  const TWO = shopCard([shopMeasure('revenue', averageOf('a')), shopMeasure('fees', averageOf('b'))]);

  it('names them with their state below the row of the node, and of no other', async () => {
    await withShop(shopFiles(TWO, ['2026-09-10,b,50', '2026-10-10,a,120']), async (folder) => {
      const out = await shown(folder);
      expect(out).toMatch(/\n {4}Sell +● on track .*\n {8}without: Fees \(missing\)\n {6}Revenue/);
      expect(out.match(/without:/g)).toHaveLength(1);
      const without = await withoutOf(folder);
      expect(without.get('company/sell')).toEqual({
        count: 1,
        children: [{ address: 'company/fees', name: 'Fees', status: 'missing', tooOld: null }],
      });
      expect(without.get('company')).toBeNull();
      expect(without.get('company/revenue')).toBeNull();
    });
  });

  it('says of a value that is too old to count of which period it is', async () => {
    const yearly = shopMeasure('fees', averageOf('b')).replace('monthly', 'yearly');
    const card = shopCard([shopMeasure('revenue', averageOf('a')), yearly], ', roll_up: { max_age_days: 60 }');
    await withShop(shopFiles(card, ['2025-05-05,b,100', '2026-10-10,a,120']), async (folder) => {
      expect(await shown(folder)).toContain('without: Fees (too old, of 2025)\n');
      expect((await withoutOf(folder)).get('company/sell')).toMatchObject({
        children: [{ address: 'company/fees', status: null, tooOld: '2025' }],
      });
    });
  });

  it('names five in the table, and counts the others; in JSON twenty', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `m${String(index).padStart(2, '0')}`);
    const card = shopCard(ids.map((id) => shopMeasure(id, averageOf(id))));
    await withShop(shopFiles(card, ['2026-10-10,m24,120']), async (folder) => {
      expect(await shown(folder)).toContain(
        'without: M00 (missing), M01 (missing), M02 (missing), M03 (missing), M04 (missing) and 19 more\n',
      );
      const without = (await withoutOf(folder)).get('company/sell');
      expect([without?.count, without?.children.length]).toEqual([24, 20]);
    });
  });

  it('keeps to the width of the terminal', async () => {
    await withShop(shopFiles(TWO, ['2026-09-10,a,50', '2026-09-10,b,50']), async (folder) => {
      const out = await shown(folder, 60);
      const notes = out.split('\n').filter((line) => /without:|\(missing\)|\(insufficient/.test(line));
      expect(notes.length).toBeGreaterThan(2);
      for (const line of notes) expect(line.length).toBeLessThanOrEqual(60);
      expect(out).toContain('without: Money (insufficient data)');
    });
  });

  it('no longer names them once they have one', async () => {
    await withShop(shopFiles(TWO, ['2026-09-10,b,50', '2026-10-10,a,120']), async (folder) => {
      await folder.edit('in/sales.csv', '2026-10-10,a', '2026-10-11,b,110\n2026-10-10,a');
      await folder.run((context) => runCommand(context, SHOP), { now: '2026-11-24T09:30:00Z' });
      expect(await shown(folder)).not.toContain('without:');
    });
  });
});
