// What people are shown of a value that is due when its source says that it stands at the period.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { runCommand } from '#src/cli/commands/run.js';
import { status } from '#src/cli/commands/status.js';
import { averageOf, SHOP, shopCard, shopFiles, shopMeasure, withShop } from './shop-folder.js';
import type { WorkingFolder } from './working-folder.js';

const EXTRACTS = `extracts:
  sales:
    connection: files
    evidence: as_of
    schedule: { every: day, at: '06:30' }
    source: { files: sales.csv, skip_lines: 1, as_of: B1, stands_still_seconds: 0 }
    time: day
    columns: { day: date, code: text, amount: { type: decimal, locale: en-US } }
`;
const TARGET = '    targets: [{ from: 2020-01, value: 100 }]\n    due: { as_of: true, day_of_month: 27 }\n';
const said = (asOf: string): string => `As of,${asOf}\nday,code,amount\n2026-09-10,a,70\n`;

/** October is over and was not told of; it is 23 November. */
const withSaying = (asOf: string, work: (folder: WorkingFolder) => Promise<void>): Promise<void> =>
  withShop(
    shopFiles(shopCard([shopMeasure('revenue', averageOf('a'), TARGET)]), [], {
      'acme/extracts/sales.yaml': EXTRACTS,
      'in/sales.csv': said(asOf),
    }),
    work,
  );

async function shown({ run }: WorkingFolder, now?: string) {
  const at = now === undefined ? {} : { now };
  const text = (await run((context) => explain(context, 'revenue', '2026-10', SHOP), at)).out.replace(/\s+/g, ' ');
  const explained = await run((context) => explain(context, 'revenue', '2026-10', { ...SHOP, json: true }), at);
  const listed = await run((context) => status(context, { ...SHOP, json: true }), at);
  const node = JSON.parse(listed.out).nodes.find(({ kind }: { kind: string }) => kind === 'measure');
  return { text, dates: JSON.parse(explained.out).dates, listed: node };
}

describe('a value that is due by the "as of" of its source', () => {
  it('has the latest dates until the source says so', async () => {
    await withSaying('2026-10-30', async (folder) => {
      const { text, dates, listed } = await shown(folder);
      expect(text).toContain(
        'It is due as soon as its source says that it stands there, by the end of 2026-11-27 at the latest, late until the end of 2026-11-30, and missing from then on.',
      );
      expect(text).toContain(
        'A value is due as soon as its source says that it stands at the end of the period, at the end of the first day 27 of a month after the period at the latest, and counts as',
      );
      expect(dates).toMatchObject({ due: '2026-11-27T23:00:00Z', asOf: 'at_the_latest' });
      // September is shown, which is the newest with a value.
      expect(listed).toMatchObject({ status: 'off_track', dates: { asOf: 'at_the_latest' } });
    });
  });

  it('has those of its word afterwards', async () => {
    await withSaying('2026-10-30', async (folder) => {
      await writeFile(join(folder.path, 'in/sales.csv'), said('2026-11-01'));
      await folder.run((context) => runCommand(context, SHOP), { now: '2026-11-24T05:30:00Z' });
      await folder.run((context) => runCommand(context, SHOP), { now: '2026-11-24T09:30:00Z' });
      const { text, dates, listed } = await shown(folder, '2026-11-24T10:00:00Z');
      expect(text).toContain(
        'It is due by 2026-11-24 06:30, when its source said that it stands there, late until the end of 2026-11-27, and missing from then on.',
      );
      expect(dates).toMatchObject({ due: '2026-11-24T05:30:00Z', asOf: 'said' });
      expect(listed).toMatchObject({ status: 'late', dates, absence: { reason: 'none_of_period' } });
    });
  });
});
