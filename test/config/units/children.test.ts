// Measures of a group that are made of those of scorecards below it.
import { describe, expect, it } from 'vitest';
import { changed, type Files, read } from '../support/config-folder.js';
import { SHOPS } from './many-units.js';

const GROUP = 'scorecards/group.yaml';
const group = (from: string, more: Readonly<Record<string, string>> = {}): Files => ({
  ...changed('scorecards/shops.yaml', 'parent: company', 'parent: group', SHOPS),
  'scorecards/company.yaml': (SHOPS['scorecards/company.yaml'] ?? '').replace(
    'owner: omar }',
    'owner: omar, parent: group }',
  ),
  [GROUP]: `scorecard: { id: group, name: Group, owner: omar }
perspectives: [{ id: money, name: Money }]
objectives: [{ id: sell, name: Sell, perspective: money, owner: omar }]
measures:
  - id: revenue
    name: Revenue
    objective: sell
    owner: omar
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: { ${from} }
    targets: [{ from: 2025-01, value: 1000 }]
`,
  ...more,
});

const found = async (files: Files) =>
  (await read(files)).problems.filter(({ file, code }) => file === GROUP && code !== 'CONFIG_LINT');

describe('a measure made of those of scorecards below', () => {
  it('takes the nearest that have it: through the scorecard above many units', async () => {
    expect(await found(group('children: revenue, combine: sum'))).toEqual([]);
  });

  it.each([
    ['that none below has', 'children: revenu, combine: sum', 'CONFIG_UNKNOWN_MEASURE', 'did you mean "revenue"?'],
    ['of another unit', 'children: renewal-rate, combine: sum', 'CONFIG_CHILDREN_UNITS', 'give both the same unit'],
    ['that is no ratio, as a ratio', 'children: revenue, combine: ratio', 'CONFIG_CHILDREN_COMBINE', 'combine by sum'],
  ])('is an error %s', async (_what, from, code, remedy) => {
    const problems = await found(group(from));
    expect(problems).toMatchObject([{ severity: 'error', code, remedy: expect.stringContaining(remedy) }]);
  });

  it('is an error where they are reported less often', async () => {
    const files = group('children: revenue, combine: sum');
    const [problem] = await found({
      ...files,
      [GROUP]: (files[GROUP] ?? '').replace('frequency: monthly', 'frequency: weekly'),
    });
    expect(problem).toMatchObject({ code: 'CONFIG_COARSER_INPUT', path: 'measures.0.from' });
  });

  it('is warned of where none is below', async () => {
    const files = group('children: revenue, combine: sum', {
      'scorecards/shops.yaml': SHOPS['scorecards/shops.yaml'] ?? '',
      'scorecards/company.yaml': SHOPS['scorecards/company.yaml'] ?? '',
    });
    expect(await found(files)).toMatchObject([{ severity: 'warning', code: 'CONFIG_WITHOUT_CHILDREN' }]);
  });
});

describe('scorecards that count for others', () => {
  const orphans = async (files: Files) =>
    (await read(files)).problems.filter(({ rule }) => rule === 'orphan_scorecard').map(({ file }) => file);

  it('leave none apart unnoticed', async () => {
    const files = group('children: revenue, combine: sum');
    expect(await orphans(files)).toEqual([]);
    expect(await orphans({ ...files, 'scorecards/company.yaml': SHOPS['scorecards/company.yaml'] ?? '' })).toEqual([
      'scorecards/company.yaml',
    ]);
  });

  it('are no rule where none counts for another', async () => {
    const alone = changed('scorecards/shops.yaml', ', parent: company, weight: 3', '', SHOPS);
    expect(await orphans(alone)).toEqual([]);
  });

  it('may be left apart where the rule is off', async () => {
    const files = group('children: revenue, combine: sum', {
      'scorecards/company.yaml': SHOPS['scorecards/company.yaml'] ?? '',
    });
    const site = `${SHOPS['site.yaml'] ?? ''}lints: { orphan_scorecard: off }\n`;
    expect(await orphans({ ...files, 'site.yaml': site })).toEqual([]);
  });
});
