import { describe, expect, it } from 'vitest';
import { parseResolvedConfig, serialiseConfig } from '#src/config/index.js';
import type { ConfigProblem, ResolvedConfig } from '#src/config/types.js';
import { expandTemplates, withoutExpanded } from '#src/config/units/expand-templates.js';
import { changed, configOf, type Files, read } from '../support/config-folder.js';
import { SHOPS } from './many-units.js';

const HEAD = 'scorecards/shops.yaml';

const measureAt = (config: ResolvedConfig, address: string) => {
  const measure = config.measures.find((each) => each.address === address);
  if (measure === undefined) throw new Error(`no measure ${address}`);
  return measure;
};

async function problems(file: string, from: string, to: string): Promise<readonly ConfigProblem[]> {
  return (await read(changed(file, from, to, SHOPS))).problems.filter(({ code }) => code !== 'CONFIG_UNUSED_EXTRACT');
}

describe('a definition of many units', () => {
  it('has no problem of its own', async () => {
    expect((await read(SHOPS)).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('makes a scorecard of each unit, below the unit it belongs to', async () => {
    const { scorecards } = await configOf(SHOPS);
    expect(scorecards.map(({ address, name, parent }) => [address, name, parent?.scorecard, parent?.weight])).toEqual([
      ['company', 'Company', undefined, undefined],
      ['shops', 'Shops', 'company', '3'],
      ['shops/north', 'North', 'shops', '1'],
      ['shops/south', 'South', 'shops', '1'],
      ['shops/a', 'Shop A', 'shops/north', '1'],
      ['shops/b', 'b', 'shops/north', '2'],
      ['shops/7', '7', 'shops/south', '1'],
    ]);
  });

  it('moves objectives, links and derivations into the unit, with its owner', async () => {
    const config = await configOf(SHOPS);
    const shop = config.scorecards.find(({ address }) => address === 'shops/7');
    expect(shop?.objectives).toMatchObject([
      { address: 'shops/7/sell', perspective: 'shops/7/money', owner: 'omar', drives: ['shops/7/grow'] },
      { address: 'shops/7/grow', owner: 'omar' },
    ]);
    expect(measureAt(config, 'shops/7/share')).toMatchObject({
      owner: 'omar',
      template: 'shops/share',
      derivation: { inputs: { basket: { measure: 'shops/7/basket' }, revenue: { measure: 'shops/7/revenue' } } },
    });
    expect(measureAt(config, 'shops/a/share')).toMatchObject({ owner: 'amara', objective: 'shops/a/grow' });
  });

  it('gives units above others, by value, measures made of theirs, with a target of their own', async () => {
    const config = await configOf(SHOPS);
    const north = measureAt(config, 'shops/north/revenue');
    expect(north).toMatchObject({
      derivation: { kind: 'children', measure: 'revenue', combine: 'sum' },
      forUnit: { id: 'north', attributes: { 'target-2026': '300' } },
      series: [{ name: 'target', source: { kind: 'attribute', name: 'target-2026' } }],
    });
    expect(north).not.toHaveProperty('extract');
    expect(measureAt(config, 'shops/north/basket')).toMatchObject({ derivation: { combine: 'ratio' } });
    expect(measureAt(config, 'shops/north/share')).toMatchObject({ derivation: { kind: 'formula' } });
    expect(config.seriesMeasures?.map(({ address }) => address)).toEqual([
      'shops/north/basket#target',
      'shops/south/basket#target',
      'shops/a/basket#target',
      'shops/b/basket#target',
      'shops/7/basket#target',
    ]);
  });

  it('gives them, by score, no measures, and nothing to read', async () => {
    const config = await configOf(changed(HEAD, 'parents_by: value', 'parents_by: score', SHOPS));
    expect(config.measures.filter(({ scorecard }) => scorecard === 'shops/north')).toEqual([]);
    expect(config.scorecards.find(({ address }) => address === 'shops/north')).toMatchObject({ objectives: [] });
    expect(config.seriesMeasures?.map(({ scorecard }) => scorecard)).toEqual(['shops/a', 'shops/b', 'shops/7']);
  });

  it('has one address for each thing, and is the same when expanded again', async () => {
    const config = await configOf(SHOPS);
    const addresses = [...config.scorecards, ...config.measures, ...(config.seriesMeasures ?? [])].map(
      (each) => each.address,
    );
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(expandTemplates(config)).toEqual(config);
    expect(expandTemplates(withoutExpanded(config))).toEqual(config);
  });

  it('is stored as it was written, however many units there are, and read as it was', async () => {
    const list = (count: number): string =>
      `units:\n  shops:\n    list:\n${Array.from({ length: count }, (_, index) => `      - { id: s${index}, attributes: { target-2026: 1 } }\n`).join('')}`;
    const few = await configOf({ ...SHOPS, 'units.yaml': list(2) });
    const many = await configOf({ ...SHOPS, 'units.yaml': list(202) });
    expect(many.measures.length - few.measures.length).toBe(600);
    const text = serialiseConfig(many);
    expect(parseResolvedConfig(text)).toEqual(many);
    // A unit is what is written of it, not its measures.
    expect((text.length - serialiseConfig(few).length) / 200).toBeLessThan(80);
    expect(many.revision).not.toBe(few.revision);
  });

  it('has another score digest where the unit has another number, and only there', async () => {
    const before = await configOf(SHOPS);
    const after = await configOf(
      changed(
        'units.yaml',
        'parent: north, weight: 2, attributes: { target-2026: 200 }',
        'parent: north, weight: 2, attributes: { target-2026: 201 }',
        SHOPS,
      ),
    );
    const changedDigests = after.measures.filter(
      ({ address, scoreDigest }) => measureAt(before, address).scoreDigest !== scoreDigest,
    );
    expect(changedDigests.map(({ address }) => address)).toEqual(['shops/b/revenue']);
  });
});

describe('what is wrong with a definition of many units', () => {
  it.each([
    [
      'an unknown parent of a unit',
      'units.yaml',
      'parent: south',
      'parent: suoth',
      'CONFIG_UNKNOWN_UNIT',
      'belongs to "suoth"',
    ],
    [
      'an unknown parent of a scorecard',
      HEAD,
      'parent: company',
      'parent: compny',
      'CONFIG_UNKNOWN_SCORECARD',
      'there is no scorecard "compny"',
    ],
    [
      'an attribute that no unit has',
      HEAD,
      'attribute: target-2026',
      'attribute: target-2062',
      'CONFIG_UNKNOWN_ATTRIBUTE',
      'no unit of "shops" has such a number',
    ],
    [
      'a set of units that is not there',
      HEAD,
      'for_each: shops',
      'for_each: shop',
      'CONFIG_UNKNOWN_UNITS',
      'there is no unit set "shop"',
    ],
    [
      'a value of parents that nothing makes',
      HEAD,
      'sum: amount, unit',
      'last: amount, unit',
      'CONFIG_CHILDREN_COMBINE',
      'how a last of each becomes one',
    ],
    [
      'a median of medians',
      HEAD,
      'sum: amount, unit',
      'median: amount, unit',
      'CONFIG_CHILDREN_COMBINE',
      'how a median of each becomes one',
    ],
  ])('is an error: %s', async (_what, file, from, to, code, message) => {
    const found = (await problems(file, from, to)).filter(({ severity }) => severity === 'error');
    expect(found.map((each) => each.code)).toEqual([code]);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.remedy).not.toBe('');
  });

  it('offers the name that was meant', async () => {
    const [found] = await problems(HEAD, 'attribute: target-2026', 'attribute: target_2026');
    expect(found).toMatchObject({ path: 'measures.0.targets.attribute', remedy: 'did you mean "target-2026"?' });
  });

  it('warns once of units without a number that others have, and names the first', async () => {
    const found = (await problems(HEAD, 'attribute: target-2026', 'attribute: base_line')).filter(
      ({ code }) => code === 'CONFIG_UNITS_WITHOUT_ATTRIBUTE',
    );
    expect(found).toMatchObject([
      {
        severity: 'warning',
        path: 'measures.0.targets.attribute',
        message: expect.stringContaining(
          '4 of 5 units have no "base_line" (north, south, b, 7): their revenue has no target',
        ),
      },
    ]);
  });

  it('counts only the units that have the measure', async () => {
    const byScore = changed(HEAD, 'parents_by: value', 'parents_by: score', SHOPS);
    const { problems: found } = await read(changed(HEAD, 'attribute: target-2026', 'attribute: base_line', byScore));
    expect(found.map(({ message }) => message).join()).toContain('2 of 3 units have no "base_line" (b, 7)');
  });

  it('is a number of units where there are no units', async () => {
    const { problems: found } = await read(
      changed(
        'scorecards/company.yaml',
        `targets:
      - { from: 2025-01, value: 85 }`,
        'targets: { attribute: goal }',
        SHOPS,
      ),
    );
    expect(found.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'CONFIG_UNKNOWN_ATTRIBUTE', message: expect.stringContaining('its scorecard is of no units') },
    ]);
  });

  it('takes what is said of how units become one', async () => {
    const config = await configOf(
      changed(HEAD, 'sum: amount, unit: { column: shop }', 'last: amount, unit: { column: shop, combine: sum }', SHOPS),
    );
    expect(measureAt(config, 'shops/north/revenue')).toMatchObject({ derivation: { combine: 'sum' } });
  });

  it('warns of a measure of children where units have none', async () => {
    const found = await problems(
      HEAD,
      'from: { formula: 100 * basket / revenue }',
      'from: { children: share, combine: sum }',
    );
    expect(found).toContainEqual(
      expect.objectContaining({
        code: 'CONFIG_WITHOUT_CHILDREN',
        severity: 'warning',
        path: 'measures.2.from.children',
      }),
    );
  });
});

const FROM = 'units:\n  shops: { from: { extract: goals, id: shop, parent: region, attributes: [goal] } }\n';

describe('units of an extract', () => {
  const files: Files = {
    ...SHOPS,
    'units.yaml': FROM,
    'extracts/sales.yaml': (SHOPS['extracts/sales.yaml'] ?? '').replace('goal: decimal', 'goal: decimal, region: text'),
  };
  const goal = { ...files, [HEAD]: (files[HEAD] ?? '').replace('target-2026', 'goal') };

  it('are none until somebody reads them, and numbers are known by their columns', async () => {
    const { config, problems: found } = await read(goal);
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(config?.measures.filter(({ forUnit }) => forUnit !== undefined)).toEqual([]);
    expect(config?.templates?.measures).toHaveLength(3);
    expect(config?.scorecards.map(({ address }) => address)).toEqual(['company', 'shops']);
  });

  it.each([
    ['an attribute that is no column of theirs', files, 'CONFIG_UNKNOWN_ATTRIBUTE'],
    ['a column that is not there', changed('units.yaml', 'id: shop', 'id: shops', goal), 'CONFIG_UNKNOWN_COLUMN'],
    ['a number that is text', changed('units.yaml', '[goal]', '[goal, shop]', goal), 'CONFIG_COLUMN_TYPE'],
    ['a name that is a number', changed('units.yaml', 'id: shop', 'id: goal', goal), 'CONFIG_COLUMN_TYPE'],
    [
      'an extract that is not there',
      changed('units.yaml', 'extract: goals', 'extract: gaols', goal),
      'CONFIG_UNKNOWN_EXTRACT',
    ],
  ])('have an error with %s', async (_what, written, code) => {
    const { problems: found } = await read(written);
    expect(found.filter(({ severity }) => severity === 'error').map((each) => each.code)).toEqual([code]);
  });
});
