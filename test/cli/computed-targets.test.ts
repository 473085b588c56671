// Targets that are computed, with many decimals: rounded where they stand beside a value, in full where they are explained.
import { describe, expect, it } from 'vitest';
import { alerts } from '#src/cli/commands/alerts.js';
import { explain } from '#src/cli/commands/explain.js';
import { status } from '#src/cli/commands/status.js';
import { averageOf, SHOP, shopCard, shopFiles, shopMeasure, withShop } from './shop-folder.js';

// From 1 in January to 3.4 in December: a step is 2.4 / 11, and October, nine steps on, is 2.963636…
const LINE = "    targets: { linear: { '2026-01': 1, '2026-12': 3.4 } }\n    off_track_after: 1\n";
const OCTOBER = '2.96363636363636363636';

describe('a computed target', () => {
  const files = shopFiles(
    shopCard([
      shopMeasure('revenue', averageOf('a'), LINE),
      shopMeasure('fees', averageOf('a'), '    targets: [{ from: 2020-01, value: 3.1875 }]\n'),
    ]),
    ['2026-10-10,a,2'],
  );

  it('is rounded as the value beside it in status and alerts', async () => {
    await withShop(files, async ({ run }) => {
      const { out } = await run((context) => status(context, SHOP));
      expect(out).toMatch(/Revenue +✖ off track +0\.0 +2\.0 +3\.0 +EUR/);
      const told = await run((context) => alerts(context, SHOP));
      expect(told.out).toContain('2026-10: 2.0 EUR against a target of 3.0, off track');
    });
  });

  it('is shown as it is written where it has few decimals', async () => {
    await withShop(files, async ({ run }) => {
      expect((await run((context) => status(context, SHOP))).out).toMatch(/Fees .* 2\.0 +3\.1875 +EUR/);
    });
  });

  it('keeps all its decimals in JSON and in explain', async () => {
    await withShop(files, async ({ run }) => {
      const shown = JSON.parse((await run((context) => status(context, { ...SHOP, json: true }))).out);
      const node = shown.nodes.find(({ address }: { address: string }) => address === 'company/revenue');
      expect(node).toMatchObject({ value: '2', target: OCTOBER });
      const told = await run((context) => explain(context, 'revenue', '2026-10', SHOP));
      expect(told.out).toContain(`The target is ${OCTOBER} EUR`);
    });
  });
});
