import { describe, expect, it } from 'vitest';
import type { Measure } from '#src/domain/measure/types.js';
import { changed, configOf, type Files, read, SOUND } from './support/config-folder.js';

const CARD = 'scorecards/company.yaml';
const TARGETS = `targets:
      - { from: 2025-01, value: 85 }`;
const SUM = 'sum: amount';
const RATIO = 'ratio: { numerator: { count: renewed = true }, denominator: { count: all } }';

/** The sound configuration with other targets, and a sum instead of the ratio where values are to add up. */
function files(targets: string, from = RATIO, more: readonly (readonly [string, string])[] = []): Files {
  const start = changed(CARD, RATIO, from, changed(CARD, TARGETS, targets));
  return more.reduce((changedFiles, [before, after]) => changed(CARD, before, after, changedFiles), start);
}

async function measureOf(...args: Parameters<typeof files>): Promise<Measure | undefined> {
  return (await configOf(files(...args))).measures[0];
}

async function problemsOf(...args: Parameters<typeof files>) {
  return (await read(files(...args))).problems.map(({ code, path, message, remedy }) => ({
    code: code.replace('CONFIG_', ''),
    path: path.replace('measures.0.', ''),
    text: `${message} | ${remedy}`,
  }));
}

describe('targets by rule', () => {
  it.each([
    [
      'split: { 2026: { total: 12000, even: true } }, places: 2',
      SUM,
      {
        kind: 'split',
        totals: { '2026': { total: '12000', shape: { kind: 'even' } } },
        fixed: {},
        places: 2,
      },
    ],
    [
      'split: { 2026: { total: 100.25 }, 2027-Q1: { total: 5, like: last_year } }, fixed: { 2026-01: 80 }',
      SUM,
      {
        kind: 'split',
        totals: {
          '2026': { total: '100.25', shape: { kind: 'even' } },
          '2027-Q1': { total: '5', shape: { kind: 'last_year' } },
        },
        fixed: { '2026-01': '80' },
        places: 2,
      },
    ],
    [
      'linear: { 2026-12: 200, 2026-01: 100.50 }, places: 1',
      RATIO,
      {
        kind: 'linear',
        knots: [
          { period: '2026-01', value: '100.5' },
          { period: '2026-12', value: '200' },
        ],
        places: 1,
      },
    ],
    [
      'periods: { 2026-01: 5, 2026: 6 }',
      RATIO,
      { kind: 'periods', values: { '2026-01': { kind: 'value', value: '5' }, '2026': { kind: 'value', value: '6' } } },
    ],
    ['per: day, value: 5', SUM, { kind: 'per', unit: 'day', value: '5' }],
    ['per: month, value: 5, additive: true', RATIO, { kind: 'per', unit: 'month', value: '5' }],
    ['own: last_year', RATIO, { kind: 'own', of: 'last_year' }],
    ['own: 2024-12', RATIO, { kind: 'own', of: { period: '2024-12' } }],
    ['from: { extract: contracts, last: amount }, carry: true', RATIO, { kind: 'collected', carry: true }],
  ])('are resolved: %s', async (written, from, source) => {
    const measure = await measureOf(`targets: { ${written} }`, from);
    expect(measure?.targets).toEqual([]);
    expect(measure?.series).toEqual([{ name: 'target', source }]);
  });

  it('say how collected values are read, with the grain of their rows', async () => {
    const measure = await measureOf(
      'targets: { from: { extract: contracts, last: amount, where: renewed = true, scale: 1000 }, frequency: yearly }',
    );
    expect(measure?.collects).toEqual([
      {
        name: 'target',
        frequency: 'yearly',
        extract: 'contracts',
        aggregation: {
          kind: 'last',
          column: 'amount',
          where: [{ column: 'renewed', operator: '=', value: true }],
        },
        scale: '1000',
      },
    ]);
  });

  it('are ranges by period for in-band', async () => {
    const measure = await measureOf('targets: { periods: { 2026-01: { low: 1, high: 2 } } }', RATIO, [
      ['higher-is-better', 'in-band'],
      [`'>= 100% of target'`, 'within 0 of target'],
      [`'>= 92% of target'`, 'within 1 of target'],
    ]);
    expect(measure?.series?.[0]?.source).toEqual({
      kind: 'periods',
      values: { '2026-01': { kind: 'range', low: '1', high: '2' } },
    });
  });
});

describe('other series', () => {
  const series = `${TARGETS}
    series:
      baseline: [{ from: 2024, value: 70 }]
      stretch: { better_than: target, by_percent: 10, places: 1 }`;

  it('stand beside the versions of the target', async () => {
    const measure = await measureOf(series);
    expect(measure?.targets).toHaveLength(1);
    expect(measure?.series).toEqual([
      {
        name: 'baseline',
        source: { kind: 'versions', versions: [{ from: '2024-01-01', target: { kind: 'value', value: '70' } }] },
      },
      { name: 'stretch', source: { kind: 'relative', than: 'target', betterByPercent: '10', places: 1 } },
    ]);
  });

  it('change how a measure is scored and not how it is collected', async () => {
    const plain = await measureOf(TARGETS);
    const more = await measureOf(series);
    expect(more?.valueDigest).toBe(plain?.valueDigest);
    expect(more?.scoreDigest).not.toBe(plain?.scoreDigest);
  });

  it('are no keys of a measure that has none', async () => {
    const plain = await measureOf(TARGETS);
    expect(Object.keys(plain ?? {})).not.toEqual(expect.arrayContaining(['series']));
    expect(Object.keys(plain ?? {})).not.toEqual(expect.arrayContaining(['collects']));
  });
});

describe('an expiring target', () => {
  it.each([
    ['2026', '2027-01-01'],
    ['2026-02', '2026-03-01'],
    ['2026-12-31', '2027-01-01'],
  ])('holds to the end of the day, month or year written: %s', async (until, end) => {
    const measure = await measureOf(`targets: [{ from: 2025, until: ${until}, value: 85 }]`);
    expect(measure?.targets).toEqual([{ from: '2025-01-01', until: end, target: { kind: 'value', value: '85' } }]);
  });
});

describe('a version of a target', () => {
  const fiscal = (targets: string): Files => ({
    ...changed(CARD, 'frequency: monthly', 'frequency: monthly\n    calendar: fiscal', files(`targets: ${targets}`)),
    'site.yaml': `${SOUND['site.yaml']}calendars: { fiscal: { kind: fiscal, starts: '10-01', named: end } }\n`,
  });

  it.each([
    ['{ from: FY2027, until: FY2027, value: 1 }', '2026-10-01', '2027-10-01'],
    ['{ from: FY2027-P07, until: FY2027-P08, value: 1 }', '2027-04-01', '2027-06-01'],
  ])('holds from the first to the last day of periods of the calendar: %s', async (version, from, until) => {
    const { measures } = await configOf(fiscal(`[${version}]`));
    expect(measures[0]?.targets).toEqual([{ from, until, target: { kind: 'value', value: '1' } }]);
  });

  it('holds from a quarter on', async () => {
    const measure = await measureOf('targets: [{ from: 2026-Q2, value: 1 }]');
    expect(measure?.targets).toEqual([{ from: '2026-04-01', target: { kind: 'value', value: '1' } }]);
  });

  it.each(['FY2027-P13', 'XY2027', '2026-Q5'])('is told of a period that does not exist: %s', async (id) => {
    const { problems } = await read(fiscal(`[{ from: ${id}, value: 1 }]`));
    expect(problems).toMatchObject([{ code: 'CONFIG_BAD_PERIOD', path: 'measures.0.targets.0.from' }]);
  });
});

const IN_BAND: readonly (readonly [string, string])[] = [
  ['higher-is-better', 'in-band'],
  [`'>= 100% of target'`, 'within 0 of target'],
  [`'>= 92% of target'`, 'within 1 of target'],
];
const MONTHS = '[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]';

describe('what is wrong with a series', () => {
  it.each([
    ['restated months', '{ own: last_year_restated }', RATIO, 'RESTATED', 'targets.own', 'write last_year'],
    ['two rules at once', '{ own: last_year, attribute: a }', RATIO, 'INVALID_VALUE', 'targets', 'exactly one of'],
    ['no rule', '{ places: 2 }', RATIO, 'INVALID_VALUE', 'targets', 'exactly one of'],
    ['a key of another rule', '{ own: last_year, fixed: {} }', RATIO, 'INVALID_VALUE', 'targets.fixed', 'stands alone'],
    ['a misspelled key', '{ split: {}, plaecs: 2 }', SUM, 'UNKNOWN_KEY', 'targets.plaecs', 'did you mean "places"'],
    ['a rate without its value', '{ per: day }', SUM, 'MISSING_KEY', 'targets.value', 'add value:'],
    [
      'two shapes',
      '{ split: { 2026: { total: 1, even: true, like: last_year } } }',
      SUM,
      'INVALID_VALUE',
      'targets.split.2026',
      'one shape',
    ],
    ['a line through one point', '{ linear: { 2026-01: 1 } }', RATIO, 'INVALID_VALUE', 'targets.linear', 'two periods'],
    [
      'a negative weight',
      '{ split: { 2026: { total: 1, weights: [-1] } } }',
      SUM,
      'INVALID_VALUE',
      'targets.split.2026.weights.0',
      '-1 is below 0',
    ],
    ['a value in words', '{ periods: { 2026-01: much } }', RATIO, 'INVALID_VALUE', 'targets.periods.2026-01', '"much"'],
    [
      'an id that is no period',
      '{ periods: { 2026-13: 1 } }',
      RATIO,
      'BAD_PERIOD',
      'targets.periods.2026-13',
      '"2026-13"',
    ],
    [
      'a value of a finer period',
      '{ periods: { 2026-01-05: 1 } }',
      RATIO,
      'SERIES_PERIOD',
      'targets.periods.2026-01-05',
      'daily',
    ],
    [
      'a line between years',
      '{ linear: { 2026: 1, 2027: 2 } }',
      RATIO,
      'SERIES_PERIOD',
      'targets.linear.2026',
      'name periods that are monthly',
    ],
    [
      'the total of a month',
      '{ split: { 2026-01: { total: 1 } } }',
      SUM,
      'SERIES_PERIOD',
      'targets.split.2026-01',
      'quarterly',
    ],
    ['an own value of a year', '{ own: 2025 }', RATIO, 'SERIES_PERIOD', 'targets.own', 'yearly'],
    [
      'a year for months that add up',
      '{ periods: { 2026: 12000 } }',
      SUM,
      'SERIES_SCALE',
      'targets.periods.2026',
      'split it',
    ],
    [
      'a year collected for months that add up',
      '{ from: { extract: contracts, last: amount }, frequency: yearly }',
      SUM,
      'SERIES_SCALE',
      'targets.frequency',
      'read monthly',
    ],
    [
      'days collected for months',
      '{ from: { extract: contracts, last: amount }, frequency: daily }',
      RATIO,
      'SERIES_PERIOD',
      'targets.frequency',
      'finer',
    ],
    [
      'a ratio that is split',
      '{ split: { 2026: { total: 12 } } }',
      RATIO,
      'SERIES_SCALE',
      'targets.split',
      'additive: true',
    ],
    ['an average per day', '{ per: day, value: 1 }', 'avg: amount', 'SERIES_SCALE', 'targets.per', 'do not add up'],
    [
      'too few weights',
      '{ split: { 2026: { total: 12, weights: [1, 2] } } }',
      SUM,
      'SERIES_SPLIT',
      'targets.split.2026.weights',
      'write 12 weights, from 2026-01 to 2026-12',
    ],
    [
      'totals that overlap',
      '{ split: { 2026: { total: 12 }, 2026-Q2: { total: 3 } } }',
      SUM,
      'SERIES_SPLIT',
      'targets.split.2026-Q2',
      '2026-Q2 and 2026 overlap',
    ],
    [
      'more fixed than there is',
      '{ split: { 2026: { total: 12 } }, fixed: { 2026-01: 8, 2026-02: 5 } }',
      SUM,
      'SERIES_SPLIT',
      'targets.split.2026.total',
      'are 13, more than its total 12',
    ],
    [
      'a fixed part of no total',
      '{ split: { 2026: { total: 12 } }, fixed: { 2027-01: 8 } }',
      SUM,
      'SERIES_SPLIT',
      'targets.fixed.2027-01',
      'no total',
    ],
    [
      'a rest for nobody',
      `{ split: { 2026: { total: 12, weights: [0,0,0,0,0,0,0,0,0,0,0,0] } } }`,
      SUM,
      'SERIES_SPLIT',
      'targets.split.2026.total',
      'no period of 2026 can take it',
    ],
    [
      'a total finer than its parts',
      `{ split: { 2026: { total: 12.505, weights: ${MONTHS} } }, places: 2 }`,
      SUM,
      'SERIES_SPLIT',
      'targets.places',
      'write places: 3',
    ],
    [
      'a series that is not there',
      '{ better_than: baselin, by_percent: 1 }',
      RATIO,
      'UNKNOWN_SERIES',
      'targets.better_than',
      '"baselin"',
    ],
    [
      'a series better than itself',
      '{ better_than: target, by_percent: 1 }',
      RATIO,
      'SERIES_CYCLE',
      'targets.better_than',
      'target → target',
    ],
    [
      'an extract that is not there',
      '{ from: { extract: contract, last: amount } }',
      RATIO,
      'UNKNOWN_EXTRACT',
      'targets.from.extract',
      'did you mean "contracts"',
    ],
    [
      'a column that is not there',
      '{ from: { extract: contracts, last: amont } }',
      RATIO,
      'UNKNOWN_COLUMN',
      'targets.from.last',
      'did you mean "amount"',
    ],
    [
      'a range by period',
      '{ periods: { 2026-01: { low: 1, high: 2 } } }',
      RATIO,
      'TARGET_KIND',
      'targets.periods.2026-01',
      'in-band',
    ],
  ])('is told: %s', async (_what, targets, from, code, path, text) => {
    const problems = await problemsOf(`targets: ${targets}`, from);
    expect(problems).toContainEqual({ code, path, text: expect.stringContaining(text) });
  });

  it.each([
    ['one value by rule', '{ own: last_year }', 'TARGET_KIND', 'targets'],
    ['one value by period', '{ periods: { 2026-01: 1 } }', 'TARGET_KIND', 'targets.periods.2026-01'],
    ['a percentage', '{ better_than: baseline, by_percent: 1 }', 'SERIES_DIRECTION', 'targets.better_than'],
  ])('is told for an in-band measure: %s', async (_what, targets, code, path) => {
    const baseline = `targets: ${targets}\n    series: { baseline: [{ from: 2024, value: 1 }] }`;
    expect(await problemsOf(baseline, RATIO, IN_BAND)).toContainEqual(expect.objectContaining({ code, path }));
  });

  it.each([
    ['a target that ends before it begins', '[{ from: 2026, until: 2025, value: 1 }]', 'targets.0.until'],
    [
      'a target that holds past the next',
      '[{ from: 2026, until: 2027, value: 1 }, { from: 2027, value: 2 }]',
      'targets.1.from',
    ],
  ])('is told of versions: %s', async (_what, targets, path) => {
    expect(await problemsOf(`targets: ${targets}`)).toContainEqual(
      expect.objectContaining({ code: 'TARGET_ORDER', path }),
    );
  });

  it('is told of a circle of several, once', async () => {
    const circle = `${TARGETS}
    series:
      a: { better_than: b, by_percent: 1 }
      b: { better_than: a, by_percent: 1 }`;
    const problems = await problemsOf(circle);
    expect(problems).toMatchObject([{ code: 'SERIES_CYCLE', text: expect.stringContaining('a → b → a') }]);
  });

  it('is told of a target among the other series', async () => {
    const problems = await problemsOf(`${TARGETS}\n    series: { target: [{ from: 2026, value: 1 }] }`);
    expect(problems).toMatchObject([{ code: 'INVALID_VALUE', path: 'series.target' }]);
  });

  it('is told all at once', async () => {
    const codes = (await problemsOf('targets: { split: { 2026-01: { total: 1 }, 2026-13: { total: 1 } } }')).map(
      ({ code }) => code,
    );
    expect(codes.toSorted()).toEqual(['BAD_PERIOD', 'SERIES_PERIOD', 'SERIES_SCALE']);
  });

  it('takes an extract that only a series uses for used', async () => {
    const second = SOUND['extracts/contracts.yaml']?.replace('extracts:\n  contracts:', 'extracts:\n  plans:') ?? '';
    const withPlans = {
      ...files('targets: { from: { extract: plans, last: amount } }'),
      'extracts/plans.yaml': second,
    };
    expect((await read(withPlans)).problems).toEqual([]);
  });
});

/** The sound configuration with a sum of amounts, and measures derived from it; returns what is said of the last. */
async function problemsOfDerived(...measures: readonly string[]) {
  const more = measures
    .map(
      (rest, index) => `  - id: ${index === measures.length - 1 ? 'd' : `d${index}`}
    name: D
    objective: renewals
    owner: amara
    unit: EUR
    direction: higher-is-better
    bands: { on_track: '>= 100% of target', at_risk: '>= 92% of target' }
${rest}
`,
    )
    .join('');
  const text = `${files(TARGETS, SUM)[CARD]}${more}`.replace('unit: percent', 'unit: EUR');
  const { problems } = await read({ ...SOUND, [CARD]: text });
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path, message, remedy }) => ({ code, path, text: `${message} | ${remedy}` }));
}

const derivedFrom = (from: string, targets = '{ per: month, value: 4000 }', frequency = 'monthly'): string =>
  `    frequency: ${frequency}\n    from: ${from}\n    targets: ${targets}`;

describe('what adds up over time', () => {
  it.each([
    ['quarter_to_date', '{ per: month, value: 4000, additive: true }', 'per'],
    ['year_to_date', '{ per: month, value: 4000 }', 'per'],
    ['{ rolling: 3 }', '{ split: { 2026: { total: 12000 } }, additive: true }', 'split'],
  ])('is no value over %s, whatever is said: %s', async (over, targets, form) => {
    const problems = await problemsOfDerived(derivedFrom(`{ measure: renewal-rate, over: ${over} }`, targets));
    expect(problems).toEqual([
      {
        code: 'CONFIG_SERIES_SCALE',
        path: `measures.1.targets.${form}`,
        text: expect.stringContaining('write the value that the whole window is to reach'),
      },
    ]);
  });

  it.each([
    ['a lift of a window', [derivedFrom('{ measure: renewal-rate, over: { rolling: 3 } }', '[]')], '{ measure: d0 }'],
    [
      'a formula with a window inside',
      [],
      '{ formula: x, inputs: { x: { measure: renewal-rate, over: year_to_date } } }',
    ],
    [
      'a formula of a window',
      [derivedFrom('{ measure: renewal-rate, over: year_to_date }', '[]')],
      '{ formula: d0 * 2 }',
    ],
  ])('is no %s', async (_what, before, from) => {
    const targets = '{ per: month, value: 4000, additive: true }';
    const problems = await problemsOfDerived(...before, derivedFrom(from, targets, 'half-yearly'));
    expect(problems).toEqual([expect.objectContaining({ code: 'CONFIG_SERIES_SCALE' })]);
  });

  it.each([
    ['a lift of a sum', [], '{ measure: renewal-rate }'],
    ['a lift of a lift', [derivedFrom('{ measure: renewal-rate }', '[]', 'quarterly')], '{ measure: d0 }'],
    ['a half to date of halves', [], '{ measure: renewal-rate, over: half_to_date }'],
  ])('is %s, without a word', async (_what, before, from) => {
    const problems = await problemsOfDerived(
      ...before,
      derivedFrom(from, '{ per: month, value: 4000 }', 'half-yearly'),
    );
    expect(problems).toEqual([]);
  });

  it('is no lift that takes the mean, and the remedy says where to contradict', async () => {
    const problems = await problemsOfDerived(
      derivedFrom('{ measure: renewal-rate, combine: mean }', '{ per: month, value: 4000 }', 'half-yearly'),
    );
    expect(problems).toMatchObject([
      {
        code: 'CONFIG_SERIES_SCALE',
        text: expect.stringMatching(/"d" \(mean\) .*\{ per: …, value: …, additive: true \}/),
      },
    ]);
  });

  it('is a sum of children whose values add up, and no sum of ratios', async () => {
    const below = (from: string): Files => ({
      ...files(TARGETS, from),
      'scorecards/group.yaml': (SOUND[CARD] ?? '')
        .replace('id: company, name: Company', 'id: group, name: Group')
        .replace(`extract: contracts\n      ${RATIO}`, 'children: renewal-rate\n      combine: sum')
        .replace(TARGETS, 'targets: { per: month, value: 4000 }'),
      [CARD]: (files(TARGETS, from)[CARD] ?? '').replace('id: company,', 'id: company, parent: group,'),
    });
    const codes = async (from: string) =>
      (await read(below(from))).problems.map(({ code, message }) => [code, message]);
    expect(await codes(SUM)).toEqual([]);
    expect(await codes(RATIO)).toEqual([['CONFIG_SERIES_SCALE', expect.stringContaining('(ratio) do not add up')]]);
  });
});

describe('progress between series of dated versions', () => {
  const progress = (direction: string, baseline: string) =>
    problemsOf('targets: [{ from: 2025-01, value: 5 }]', SUM, [
      ['direction: higher-is-better', `direction: ${direction}`],
      [
        "bands: { on_track: '>= 100% of target', at_risk: '>= 92% of target' }",
        `series: { baseline: [${baseline}] }\n    score: { preset: baseline_progress }`,
      ],
    ]);

  it('is warned of where the baseline is better than the target, once', async () => {
    const reason = 'the baseline (40) has to be below the target (5), since higher is better';
    expect(await progress('higher-is-better', '{ from: 2024-06, value: 40 }')).toEqual([
      {
        code: 'SCORE_DIRECTION',
        path: 'score',
        text: `periods from 2025-01-01 on will have no score: ${reason} | check the two ends of the progress, and direction`,
      },
    ]);
  });

  it('is taken as it is where it leads to what is better', async () => {
    expect(await progress('lower-is-better', '{ from: 2024-06, value: 40 }')).toEqual([]);
    expect(await progress('higher-is-better', '{ from: 2024-06, value: 2 }')).toEqual([]);
  });
});
