// A sum behind a filter that no row passes is 0: the reader is told, so that nobody takes it for a reported figure.
import { describe, expect, it } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { status } from '#src/cli/commands/status.js';
import { SHOP, shopCard, shopFiles, shopMeasure, withShop } from './shop-folder.js';
import type { WorkingFolder } from './working-folder.js';

const TARGET = '    targets: [{ from: 2020-01, value: 100 }]\n';
const sumOf = (code: string): string => `{ extract: sales, sum: amount, where: code = '${code}' }`;
const card = shopCard([
  shopMeasure('refunds', sumOf('refund')),
  shopMeasure('zero', sumOf('zero')),
  shopMeasure('guarded', sumOf('refund'), `${TARGET}    expects: { observations: 1, of: rows, minimum: 1 }\n`),
  shopMeasure('all', '{ extract: sales, sum: amount }'),
]);
const ROWS = ['2026-10-05,sale,0', '2026-10-06,sale,0', '2026-10-07,zero,0'];

const shown = async ({ run }: WorkingFolder): Promise<string> => (await run((context) => status(context, SHOP))).out;
const said = async ({ run }: WorkingFolder, measure: string): Promise<string> =>
  (await run((context) => explain(context, measure, '2026-10', SHOP))).out.replace(/\s+/g, ' ');

describe('a sum of no rows', () => {
  it('says so in status and explain, and in JSON', async () => {
    await withShop(shopFiles(card, ROWS), async (folder) => {
      expect(await shown(folder)).toMatch(
        /Refunds .* 0\.0 .*\n {10}a sum of no rows: the filter left out all 3 of the period\n/,
      );
      expect(await said(folder, 'refunds')).toContain(
        'The value is 0.0 EUR. 0 rows of the period entered it; 3 left out by the filter, 0 with a blank value, none was ' +
          'rejected. No row of the period passed the filter: 0 is the sum of no rows.',
      );
      const json = await folder.run((context) => status(context, { ...SHOP, json: true }));
      const { nodes } = JSON.parse(json.out) as { nodes: { address: string; sumOfNoRows: boolean }[] };
      const marked = nodes.filter(({ sumOfNoRows }) => sumOfNoRows).map(({ address }) => address);
      expect(marked).toEqual(['company/refunds', 'company/guarded']);
    });
  });

  it('is not what a sum of rows with 0 is, nor one without a filter', async () => {
    await withShop(shopFiles(card, ROWS), async (folder) => {
      const out = await shown(folder);
      expect(out).toMatch(/Zero +✖ off track .* 0\.0 .*\n {6}Guarded/);
      expect(out).toMatch(/All +✖ off track .* 0\.0 [^\n]*\n\n/);
      for (const measure of ['zero', 'all']) expect(await said(folder, measure)).not.toContain('the sum of no rows');
    });
  });

  it('is not judged where the measure says that it expects rows', async () => {
    await withShop(shopFiles(card, ROWS), async (folder) => {
      expect(await shown(folder)).toMatch(
        /Guarded +∅ insufficient data .*\n {10}partial: 0 of 1 expected observations: 0 % where 100 % are needed\n/,
      );
    });
  });
});
