// `plumbline explain` of measures that are made of others: what was put in, what stood in, what lacks.
import { describe, expect, it } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { init } from '#src/cli/commands/init.js';
import { runCommand } from '#src/cli/commands/run.js';
import { type WorkingFolder, withWorkingFolder } from './working-folder.js';

const CARD = 'acme/scorecards/company.yaml';

const derived = (from: string, more = 'direction: unscored'): string => `  - id: made
    name: Made of others
    objective: grow-sales
    owner: robin
    unit: EUR
    ${more}
    frequency: monthly
    from: ${from}
`;

async function withMeasure(yaml: string, work: (folder: WorkingFolder) => Promise<void>): Promise<void> {
  await withWorkingFolder(async (folder) => {
    await folder.run((context) => init(context, 'acme'));
    await folder.edit(CARD, '\n# What comes of given rows', `\n${yaml}\n# What comes of given rows`);
    await folder.run((context) => runCommand(context, { config: 'acme' }));
    await work(folder);
  });
}

async function said({ run }: WorkingFolder, period = '2026-10'): Promise<string> {
  const { out } = await run((context) => explain(context, 'made', period, { config: 'acme' }));
  return out.replace(/\s+/g, ' ');
}

describe('explain of a derived measure', () => {
  it('shows the formula with the values put in, and each input with its period', async () => {
    await withMeasure(
      derived(
        '{ formula: 100 * sales / (client_rating + 1) }',
        'direction: higher-is-better\n    targets: [{ from: 2020-01, value: 80000 }]',
      ),
      async (folder) => {
        const text = await said(folder);
        expect(text).toContain('The value is 88,000.0 EUR = 100 * 4400 / (4 + 1).');
        expect(text).toContain('sales, which is company/sales in 2026-10 is 4,400.');
        expect(text).toContain('client_rating, which is company/client-rating in 2026-10 is 4.');
        expect(text).toContain('The target is 80,000 EUR, in force since 2020-01-01.');
        expect(text).toContain('Where it was computed Run sample-day-0630@');
        expect(text).toContain('computed it.');
        expect(text).not.toContain('rows of the period entered it');
        expect(text).not.toContain('Where it was read');
      },
    );
  });

  it('tells what a window lacks, and that its value is partial', async () => {
    await withMeasure(derived('{ measure: sales, over: { rolling: 12 } }'), async (folder) => {
      const text = await said(folder);
      expect(text).toContain('company/sales, 12 periods to 2026-10, is');
      expect(text).toMatch(/, without 2025-11, 2025-12.*2026-04\./);
      expect(text).toContain('It is partial: some of what belongs to it has no value.');
    });
  });

  it('tells what stood in where a value was missing', async () => {
    await withMeasure(
      derived(
        '{ formula: now - before, inputs: { now: { measure: sales }, before: { measure: sales, at: last_year, missing: zero } } }',
      ),
      async (folder) => {
        const text = await said(folder);
        expect(text).toContain('= 4400 - 0.');
        expect(text).toContain('before, which is company/sales in 2025-10 is 0; 0 stands in for 2025-10.');
      },
    );
  });

  it('says why a period has none', async () => {
    await withMeasure(derived('{ formula: sales / (client_rating - 4) }'), async (folder) => {
      const text = await said(folder);
      expect(text).toContain('There is no value for it.');
      expect(text).toContain('its formula divides by 0');
    });
  });
});

describe('explain of an unscored derived measure without a value', () => {
  it('says which input an earlier period lacks, in words and in JSON', async () => {
    const growth =
      '{ formula: now - before, inputs: { now: { measure: sales }, before: { measure: sales, at: previous } } }';
    await withMeasure(derived(growth), async (folder) => {
      expect(await said(folder, '2024-01')).toContain('There is no value for it. Now has no value');
      const { out } = await folder.run((context) =>
        explain(context, 'made', '2024-01', { config: 'acme', json: true }),
      );
      expect(JSON.parse(out)).toMatchObject({
        value: null,
        noValue: { reason: 'absent_input', why: expect.stringContaining('before has no value') },
      });
    });
  });
});

describe('explain of a series', () => {
  it('tells what the value was held to, and where that comes from', async () => {
    await withWorkingFolder(async (folder) => {
      await folder.run((context) => init(context, 'acme'));
      await folder.edit(
        CARD,
        /targets:\n {6}- \{ from: \S+, value: 4000 \}/,
        'targets: { better_than: baseline, by_percent: 10 }\n    series:\n      baseline: { per: day, value: 100 }',
      );
      await folder.run((context) => runCommand(context, { config: 'acme' }));
      const { out } = await folder.run((context) => explain(context, 'sales', '2026-10', { config: 'acme' }));
      expect(out).toContain('The target is 3,410 EUR, 10 % better than baseline, which is 3100.');
      const json = await folder.run((context) => explain(context, 'sales', '2026-10', { config: 'acme', json: true }));
      expect(JSON.parse(json.out).series).toEqual([
        { name: 'target', value: '3410', from: '10 % better than baseline, which is 3100' },
        { name: 'baseline', value: '3100', from: '100 per day' },
      ]);
    });
  });

  it('tells how complete a period is, and that too little of it is not judged', async () => {
    await withWorkingFolder(async (folder) => {
      await folder.run((context) => init(context, 'acme'));
      await folder.edit(
        CARD,
        '    from: { extract: orders, sum: amount }',
        '    from: { extract: orders, sum: amount }\n    expects: { observations: days, minimum: 0.8 }',
      );
      await folder.run((context) => runCommand(context, { config: 'acme' }));
      const { out } = await folder.run((context) => explain(context, 'sales', '2026-10', { config: 'acme' }));
      const text = out.replace(/\s+/g, ' ');
      expect(text).toMatch(/It has \d of 31 expected observations: \d+(\.\d)? % where 80 % are needed\./);
      expect(text).toContain('insufficient data');
    });
  });
});
