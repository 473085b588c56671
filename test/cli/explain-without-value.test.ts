// `plumbline explain` of a period without a value: why, as far as that is known, and where there are values.
import { describe, expect, it } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { runCommand } from '#src/cli/commands/run.js';
import { averageOf, SHOP, shopCard, shopFiles, shopMeasure, withShop } from './shop-folder.js';
import type { WorkingFolder } from './working-folder.js';

const card = shopCard([
  shopMeasure('revenue', averageOf('a')),
  shopMeasure('never', averageOf('q')),
  shopMeasure('rate', "{ extract: sales, ratio: { numerator: { sum: amount }, denominator: { count: code = 'zz' } } }"),
  shopMeasure('double', '{ formula: revenue * 2 }', '').replace('higher-is-better', 'unscored'),
]);
const ROWS = ['04', '05', '06', '07', '08', '10'].map((month) => `2026-${month}-10,a,70`);
const VALUES = 'It has values of 2026-10, 2026-08, 2026-07, 2026-06, 2026-05 and 1 earlier period.';
const COLLECTED = 'Collected are the days from 2024-11-01 to before 2026-12-01';

const withValues = (work: (folder: WorkingFolder) => Promise<void>): Promise<void> =>
  withShop(shopFiles(card, [...ROWS, '2026-11-11,b,1']), work);

async function said({ run }: WorkingFolder, measure: string, period: string): Promise<string> {
  return (await run((context) => explain(context, measure, period, SHOP))).out.replace(/\s+/g, ' ');
}

describe('explain of a period without a value', () => {
  it.each([
    [
      'of a gap',
      '2026-09',
      `Its status is ? missing: no value, past due date and grace. ${VALUES} ${COLLECTED}; no row of the period gave a value.`,
    ],
    [
      'of an open one',
      '2026-11',
      `There is no value for it. ${VALUES} ${COLLECTED}; no row of the period gave a value so far.`,
    ],
    [
      'before what is collected',
      '2020-01',
      `There is no value for it. ${VALUES} ${COLLECTED}: the period is before them.`,
    ],
    ['after it', '2027-05', `There is no value for it. ${VALUES} ${COLLECTED}: the period is after them.`],
  ])('names the newest periods with one, and what was read: %s', async (_what, period, words) => {
    await withValues(async (folder) => {
      expect(await said(folder, 'revenue', period)).toContain(words);
    });
  });

  it('says why a late or missing value is not there, and who can act', async () => {
    await withValues(async ({ run }) => {
      const text = (await run((context) => explain(context, 'revenue', '2026-09', SHOP))).out.replace(/\s+/g, ' ');
      expect(text).toContain(
        'The source is past the period, by its newest row, at 2026-11-11, and has no value of it.',
      );
      expect(text).toMatch(/Who can act: [A-Z]\w+/);
      const { out } = await run((context) => explain(context, 'revenue', '2026-09', { ...SHOP, json: true }));
      const { absence, dates } = JSON.parse(out);
      expect(absence.reason).toBe('none_of_period');
      expect(dates).toMatchObject({ due: expect.any(String), lateFrom: expect.any(String), lockedFrom: null });
    });
  });

  it('calls a value current that stayed the same, where its source has come past the period', async () => {
    await withValues(async (folder) => {
      await folder.run((context) => runCommand(context, SHOP), { now: '2026-11-25T09:30:00Z' });
      const text = (await folder.run((context) => explain(context, 'revenue', '2026-10', SHOP))).out;
      expect(text.replace(/\s+/g, ' ')).toContain(
        'It changed nothing in this period. The source is past the period, by its newest row, at 2026-11-11: the value is current.',
      );
    });
  });

  it('of a measure that never had one names none', async () => {
    await withValues(async (folder) => {
      const text = await said(folder, 'never', '2026-09');
      expect(text).toContain(`There is no value for it. ${COLLECTED}; no row of the period`);
      expect(text).not.toContain('It has values');
    });
  });

  it('tells why, where rows were there and gave none', async () => {
    await withValues(async (folder) => {
      expect(await said(folder, 'rate', '2026-11')).toContain(
        `There is no value for it. The denominator is 0. ${COLLECTED}.`,
      );
      const { out } = await folder.run((context) => explain(context, 'rate', '2026-11', { ...SHOP, json: true }));
      expect(JSON.parse(out)).toMatchObject({
        noValue: { reason: 'zero_denominator', why: 'the denominator is 0' },
        known: { newest: [], count: 0 },
      });
    });
  });

  it('of a derived measure does not say that nothing has been collected', async () => {
    await withValues(async (folder) => {
      const text = await said(folder, 'double', '2026-09');
      expect(text).toContain(
        `Revenue has no value: nothing is reported for 2026-09. Its status is ? missing: no value, past due date and grace. ${VALUES}`,
      );
      expect(text).not.toMatch(/Nothing has been collected|Collected are/);
    });
  });
});
