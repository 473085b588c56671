import { describe, expect, it } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { init } from '#src/cli/commands/init.js';
import { runCommand } from '#src/cli/commands/run.js';
import type { CommandContext } from '#src/cli/context.js';
import { shopCard, shopFiles, shopMeasure, withShop } from './shop-folder.js';
import { type WorkingFolder, withCollected, withWorkingFolder } from './working-folder.js';

const asked = (measure: string, period?: string) => (context: CommandContext) =>
  explain(context, measure, period, { config: 'acme' });
const collect = (context: CommandContext) => runCommand(context, { config: 'acme' });

/** What differs from one test run to the next: clock times of this machine, and times and digests of files. */
const steady = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/recorded \S+ \S+ by/g, 'recorded … by')
    .replace(/, at \d{4}-\d\d-\d\d \d\d:\d\d\. /g, ', at …. ')
    .replace(/changed \S+Z/g, 'changed …')
    .replace(/configuration [0-9a-f]{16}/g, 'configuration …')
    .replace(/\b[0-9a-f]{64}\b/g, '…');

const said = async ({ run }: WorkingFolder, measure: string, period?: string): Promise<string> =>
  steady((await run(asked(measure, period))).out);

describe('explain', () => {
  it('tells in sentences what a value is, how it was judged and where it was read', async () => {
    await withCollected(async ({ run }) => {
      const { out } = await run(asked('company/on-time-delivery'));
      expect(
        out
          .replace(/recorded \S+ \S+ by/, 'recorded … by')
          .replace(/at \d{4}-\d\d-\d\d \d\d:\d\d\.$/m, 'at ….')
          .replace(/changed \S+Z/, 'changed …')
          .replace(/come to \d{4}-\d\d-\d\d \d\d:\d\d\.$/m, 'come to ….')
          .replace(/configuration [0-9a-f]{16}/, 'configuration …')
          .replace(/\b[0-9a-f]{64}\b/g, '…'),
      ).toMatchInlineSnapshot(`
        "Orders delivered on time (company/on-time-delivery)

        What it is
          The value is the number of rows where on_time = true, divided by the number of rows, times 100, in percent.
          Its rows are those of the extract "orders" from the connection "sample" (csv), read every day at 06:30 Europe/Berlin; "ordered_on"
          says which period a row belongs to.
          It is reported monthly and higher is better. A value is due 5 working days after the end of the period and counts as missing 3
          days later. Each run reads 3 closed periods again.
          Kim Example owns it. It counts for the objective "Please our clients" with weight 2.

        The period 2026-10, from 2026-10-01 to before 2026-11-01
          The value is 87.5 % = 7 ÷ 8 × 100.
          8 rows of the period entered it; 0 left out by the filter, 0 with a blank value, none was rejected.
          Its status is ▲ at risk, score 60.5 of 100.

        How it is judged
          The target is 95 %, in force since 2026-05-01.
          Its bands, on percent of target: on track at ">= 100% of target", at risk at ">= 90% of target", else off track.
          On percent of target it stands at about 92.1053.
          The score map: 80 gives 0.0, 90 gives 50.0, 100 gives 100.0; straight lines between, level outside.
          That gives at risk, with a score of 60.5.

        What was reported
          1. As first reported: 87.5 %, recorded … by run sample-day-0630@2026-11-23T09:30:00Z.

        Where it was read
          Run sample-day-0630@2026-11-23T09:30:00Z (once, done, configuration …) read the extract "orders" for 2026-11-23
          10:30, at ….
          48 rows seen = 48 used + 0 rejected.
          orders.csv: 1177 bytes, changed …, sha256 …
          By its files, the source had come to ….
          Digest of what was read: …
          Note: orders.csv: delimiter "," was detected from 48 records.
        "
      `);
    });
  });

  it('finds a measure by its last part', async () => {
    await withCollected(async (folder) => {
      expect(await said(folder, 'client-rating')).toContain('Rating by clients (company/client-rating)');
    });
  });

  it('counts blank cells apart, and shows what they were divided by', async () => {
    await withCollected(async (folder) => {
      const text = await said(folder, 'client-rating', '2026-10');
      expect(text).toContain('The value is 4.0 stars = 28 ÷ 7.');
      expect(text).toContain('7 rows of the period entered it; 0 left out by the filter, 1 with a blank value');
    });
  });

  it('shows a value as first reported and as restated, with the runs', async () => {
    await withCollected(async (folder) => {
      await folder.edit('acme/sample/orders.csv', '2026-10-03,490.00', '2026-10-03,1490.00');
      await folder.run(collect, { now: '2026-11-24T09:30:00Z' });
      const text = await said(folder, 'sales', '2026-10');
      expect(text).toContain('The value is 5,400 EUR.');
      expect(text).toMatch(
        /1\. As first reported: 4,400 EUR, recorded … by run sample-day-0630@2026-11-23T09:30:00Z\./,
      );
      expect(text).toMatch(/2\. As restated: 5,400 EUR, recorded … by run sample-day-0630@2026-11-24T09:30:00Z\./);
    });
  });

  it('does not call it a change where other rows give the same value', async () => {
    await withCollected(async (folder) => {
      // Of October's eight orders seven were on time; twice as many of both are the same share.
      const twice = Array.from({ length: 8 }, (_, index) => `2026-10-1${index},0.00,${index < 7 ? 'yes' : 'no'},`);
      await folder.edit('acme/sample/orders.csv', /\n$/, `\n${twice.join('\n')}\n`);
      await folder.run(collect, { now: '2026-11-24T09:30:00Z' });
      const text = await said(folder, 'on-time-delivery', '2026-10');
      expect(text).toContain('1. As first reported: 87.5 %, recorded');
      expect(text).toMatch(/2\. The same value, 87\.5 %, made of other figures \(14 ÷ 16\), recorded … by run/);
      expect(text).not.toContain('As restated');
    });
  });

  it('shows a change that rounding hides', async () => {
    await withCollected(async (folder) => {
      await folder.edit('acme/sample/orders.csv', '2026-10-03,490.00', '2026-10-03,490.25');
      await folder.run(collect, { now: '2026-11-24T09:30:00Z' });
      const text = await said(folder, 'sales', '2026-10');
      expect(text).toContain('2. As restated: 4,400 EUR, unrounded 4,400.25 after 4,400, recorded');
    });
  });

  it('shows rejected rows with place, raw text, rule and remedy, and does not obey what they hold', async () => {
    await withWorkingFolder(async (folder) => {
      await folder.run((context) => init(context, 'acme'));
      await folder.edit('acme/sample/orders.csv', '2026-10-03,490.00', '2026-10-03,\u001b[31mmany');
      await folder.run(collect);
      const { out } = await folder.run(asked('sales', '2026-10'));
      expect(out).not.toContain('\u001b');
      const text = steady(out);
      expect(text).toContain('0 with a blank value. Of the whole extract "orders" 1 row of the period was rejected.');
      expect(text).toContain('48 rows seen = 47 used + 1 rejected');
      expect(text).toMatch(
        /Rejected rows that may belong to it: 1 orders\.csv:42, column "amount": " \[31mmany" \(number_grammar\)/,
      );
      expect(text).toContain('What would be right:');
    });
  });

  it('does not count rejected rows as those of a unit, which is not known of them', async () => {
    const card = shopCard(
      [shopMeasure('revenue', '{ extract: sales, sum: amount, unit: { column: code } }')],
      ', for_each: shops',
    );
    const units = 'units: { shops: { list: [{ id: a, name: A }, { id: b, name: B }] } }\n';
    const rows = ['2026-10-10,a,70', '2026-10-11,b,80', '2026-10-12,b,many'];
    await withShop(shopFiles(card, rows, { 'acme/units.yaml': units }), async (folder) => {
      const text = await said(folder, 'company/a/revenue', '2026-10');
      expect(text).toContain(
        '1 row of the period entered it; 0 left out by the filter, 0 with a blank value. ' +
          'Of the whole extract "sales" 1 row of the period was rejected; of which unit is not known of a rejected row.',
      );
      expect(text).toContain('Rejected rows that may belong to it: 1 sales.csv:4, column "amount": "many"');
    });
  });

  it('says that the source could not be read since, and what to do', async () => {
    await withCollected(async (folder) => {
      await folder.edit('acme/sample/orders.csv', 'amount', 'total');
      await folder.run(collect, { now: '2026-11-24T09:30:00Z' });
      const text = await said(folder, 'sales');
      expect(text).toContain('The value is 4,400 EUR.');
      expect(text).toMatch(
        /The source now The extract "orders" was last read for 2026-11-24 10:30 by run .+ It failed: SOURCE_/,
      );
      expect(text).toContain('What to do:');
    });
  });

  it('says what is known of a period without a value', async () => {
    await withCollected(async (folder) => {
      const text = await said(folder, 'sales', '2026-01');
      expect(text).toContain('The period 2026-01');
      expect(text).toContain(
        'There is no value for it. It has values of 2026-10, 2026-09, 2026-08, 2026-07, 2026-06 and 1 earlier period. ' +
          'Collected are the days from 2024-11-01 to before 2026-12-01; no row of the period gave a value.',
      );
      expect(text).not.toContain('The value is 0');
    });
  });

  it('says by when a value that is not there is due, in the working days that its rule names', async () => {
    await withCollected(async (folder) => {
      await folder.edit('acme/site.yaml', 'operator:', 'working_calendars: { riyadh: { weekend_of: SA } }\noperator:');
      await folder.edit(
        'acme/scorecards/company.yaml',
        'unit: EUR',
        'unit: EUR\n    due: { business_days: 2, calendar: riyadh }',
      );
      await folder.run(collect, { now: '2027-01-03T09:30:00Z' });
      const text = await said(folder, 'sales', '2026-12');
      expect(text).toContain('due 2 working days of the calendar "riyadh" after the end of the period');
      // 1 January 2027 is a Friday.
      expect(text).toContain(
        'It is due by the end of 2027-01-04, late until the end of 2027-01-07, and missing from then on.',
      );
    });
  });

  it('says so when the score was made by rules that have been changed since', async () => {
    await withCollected(async (folder) => {
      await folder.edit('acme/scorecards/company.yaml', 'value: 4000', 'value: 9000');
      const { out, err } = await folder.run(asked('sales'));
      expect(steady(out)).toContain('rules that the configuration has changed since');
      expect(err).toContain('is not the one applied last');
    });
  });

  it('counts the warnings of the configuration, which are told where it is put to use', async () => {
    await withCollected(async (folder) => {
      await folder.edit('acme/extracts/orders.yaml', 'decimal, locale: en-US', 'decimal');
      const told = await folder.run(collect, { now: '2026-11-24T09:30:00Z' });
      expect(told.err).toMatch(/warning CONFIG_\w+/);
      const asking = await folder.run(asked('sales'));
      expect(asking.err).toBe('1 warning in the configuration: plumbline check --config acme\n');
      expect((await folder.run(asked('company'))).err).toBe(asking.err);
    });
  });

  it('offers the nearest name for a measure that is not there', async () => {
    await withCollected(async ({ run }) => {
      await expect(run(asked('client-ratng'))).rejects.toMatchObject({
        kind: 'config',
        code: 'CLI_UNKNOWN_MEASURE',
        remedy: 'Did you mean "client-rating"?',
      });
      await expect(run(asked('rating'))).rejects.toMatchObject({
        remedy: 'Did you mean one of: company/client-rating?',
      });
      await expect(run(asked('xyz'))).rejects.toMatchObject({ remedy: expect.stringContaining('company/sales') });
    });
  });

  it('lists the addresses where a last part is not unique', async () => {
    await withCollected(async (folder) => {
      const { readFile, writeFile } = await import('node:fs/promises');
      const text = await readFile(`${folder.path}/acme/scorecards/company.yaml`, 'utf8');
      await writeFile(`${folder.path}/acme/scorecards/north.yaml`, text.replace('id: company', 'id: north'));
      await expect(folder.run(asked('sales'))).rejects.toMatchObject({
        kind: 'config',
        code: 'CLI_AMBIGUOUS_MEASURE',
        remedy: 'Use the whole address: company/sales, north/sales.',
      });
    });
  });

  it('refuses a period that does not exist, and one of another frequency', async () => {
    await withCollected(async ({ run }) => {
      await expect(run(asked('sales', '2026-13'))).rejects.toMatchObject({ code: 'CONFIG_BAD_PERIOD' });
      await expect(run(asked('sales', '2026-Q4'))).rejects.toMatchObject({
        code: 'CLI_OTHER_FREQUENCY',
        remedy: 'Name a monthly period, such as 2026-10.',
      });
    });
  });

  it('writes JSON with every revision and figure as text', async () => {
    await withCollected(async ({ run }) => {
      const { out } = await run((context) =>
        explain(context, 'on-time-delivery', '2026-10', { config: 'acme', json: true }),
      );
      expect(JSON.parse(out)).toMatchObject({
        measure: { address: 'company/on-time-delivery', connection: 'sample', scale: '100' },
        period: { id: '2026-10', open: false },
        value: '87.5',
        evidence: { numerator: '7', denominator: '8', rowsUsed: 8, rowsFiltered: 0, rowsBlank: 0 },
        score: { status: 'at_risk' },
        judged: { basis: 'percent_of_target', basisValue: '92.10526315789473684211' },
        revisions: [{ revision: 1, value: '87.5', reason: 'first' }],
        pull: { outcome: 'ok', balance: { seen: 48, used: 48, rejected: 0 } },
        rejects: { shown: [], total: 0 },
      });
    });
  });
});
