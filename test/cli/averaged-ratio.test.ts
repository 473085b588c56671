// What `plumbline check` says of means of ratios, however they are written: the better spelling stands below each.
import { describe, expect, it } from 'vitest';
import { check } from '#src/cli/commands/check.js';
import { SHOP, shopCard, shopFiles, shopMeasure, writeFiles } from './shop-folder.js';
import { withWorkingFolder } from './working-folder.js';

const RATIO = '{ extract: sales, ratio: { numerator: { sum: amount }, denominator: { count: all } } }';
const rate = shopMeasure('rate', RATIO);
const sums = [
  shopMeasure('profit', "{ extract: sales, sum: amount, where: code = 'p' }"),
  shopMeasure('sales', "{ extract: sales, sum: amount, where: code = 's' }"),
];
const inPercent = (measure: string): string => measure.replace('unit: EUR', 'unit: percent');
const margin = inPercent(shopMeasure('margin', '{ formula: 100 * profit / sales }'));

async function checked(files: Readonly<Record<string, string>>): Promise<string> {
  let out = '';
  await withWorkingFolder(async (folder) => {
    await writeFiles(folder, files);
    out = (await folder.run((context) => check(context, SHOP))).out.replace(/\s+/g, ' ');
  });
  return out;
}

const ofMeasures = (measures: readonly string[]): Promise<string> => checked(shopFiles(shopCard(measures), []));

const FOUND =
  /made: its value is a mean of ratios, in which a small part counts as much as a large one → ([^→]*?)(?: or say|; or say)/;

describe('a mean of ratios', () => {
  it.each([
    ['a window of a ratio', [rate], '{ measure: rate, over: { rolling: 3 }, combine: mean }', 'leave combine out'],
    [
      'an input of a formula',
      [rate],
      '{ formula: a + 1, inputs: { a: { measure: rate, over: year_to_date, combine: mean } } }',
      'leave combine out',
    ],
    [
      'a window of a window of a ratio',
      [rate, shopMeasure('year', '{ measure: rate, over: year_to_date }')],
      '{ measure: year, over: { rolling: 3 }, combine: mean }',
      'leave combine out',
    ],
    [
      'a window of a formula that divides',
      [...sums, margin],
      '{ measure: margin, over: { rolling: 3 }, combine: mean }',
      'divide windows of what is divided there',
    ],
    [
      'a formula of ratios',
      [inPercent(rate), ...sums, margin],
      '{ formula: (rate + margin) / 2 }',
      'compute one ratio of the sums',
    ],
  ])('is told of %s, with the better spelling', async (_what, others, from, remedy) => {
    const made = shopMeasure('made', from);
    const out = await ofMeasures([...others, others.includes(margin) ? inPercent(made) : made]);
    expect(out).toContain('error CONFIG_LINT');
    expect(FOUND.exec(out)?.[1]).toContain(remedy);
  });

  it.each([
    ['sums', sums, '{ measure: sales, over: { rolling: 3 }, combine: mean }'],
    ['a ratio by its sums', [rate], '{ measure: rate, over: { rolling: 3 } }'],
    [
      'a formula that only scales',
      [...sums, shopMeasure('scaled', '{ formula: sales / 1000 }')],
      '{ measure: scaled, over: { rolling: 3 }, combine: mean }',
    ],
    ['the greatest ratio', [rate], '{ measure: rate, over: { rolling: 3 }, combine: max }'],
    [
      'a mean that says why',
      [rate],
      '{ measure: rate, over: { rolling: 3 }, combine: mean, averaged_ratio: the published index is defined so }',
    ],
  ])('is not told of %s', async (_what, others, from) => {
    expect(await ofMeasures([...others, shopMeasure('made', from)])).toContain('acme is in order');
  });

  describe('of units', () => {
    const units = 'units: { shops: { list: [{ id: n, name: N }, { id: a, name: A, parent: n }] } }\n';
    const ofUnits = (kind: string, combine: string): Promise<string> =>
      checked(
        shopFiles(
          shopCard(
            [shopMeasure('made', `{ extract: sales, ${kind}, unit: { column: code, combine: mean }${combine} }`)],
            ', for_each: shops, parents_by: value',
          ),
          [],
          { 'acme/units.yaml': units },
        ),
      );
    const ratio = 'ratio: { numerator: { sum: amount }, denominator: { count: all } }';

    it.each([ratio, 'avg: amount'])('is told of %s', async (kind) => {
      const out = await ofUnits(kind, '');
      expect(FOUND.exec(out)?.[1]).toBe('leave combine out of unit: the sums of all units are then divided');
    });

    it('is not told of a sum, nor where it says why', async () => {
      expect(await ofUnits('sum: amount', '')).toContain('acme is in order');
      expect(await ofUnits(ratio, ', averaged_ratio: each shop is of one size')).toContain('acme is in order');
    });
  });

  describe('of scorecards below', () => {
    const below = (
      measures: readonly string[],
      combine: string,
      unit = (made: string): string => made,
    ): Promise<string> =>
      checked(
        shopFiles(shopCard([unit(shopMeasure('made', `{ children: rate, combine: ${combine} }`))]), [], {
          'acme/scorecards/north.yaml': shopCard(measures, ', parent: company').replace('id: company', 'id: north'),
        }),
      );

    it('is told of ratios, with the better spelling', async () => {
      expect(FOUND.exec(await below([rate], 'mean'))?.[1]).toBe(
        'combine: ratio divides the sum of the numerators by that of the denominators',
      );
      expect(await below([rate], 'ratio')).toContain('acme is in order');
    });

    it('is told of formulas that divide, which have no sums of their own', async () => {
      const formula = inPercent(shopMeasure('rate', '{ formula: 100 * profit / sales }'));
      const out = await below([...sums, formula], 'mean', inPercent);
      expect(FOUND.exec(out)?.[1]).toContain('divide here by a formula');
    });

    it('is not told of sums', async () => {
      expect(await below([shopMeasure('rate', '{ extract: sales, sum: amount }')], 'mean')).toContain(
        'acme is in order',
      );
    });
  });
});
