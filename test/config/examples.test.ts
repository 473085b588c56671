// Examples beside definitions: what is wrong with them is told at once, and they are no part of what runs.
import { describe, expect, it } from 'vitest';
import { read, SOUND } from './support/config-folder.js';

const CARD = 'scorecards/company.yaml';

const EXAMPLE = `  - measure: renewal-rate
    rows: [{ ended_on: 2026-03-05, renewed: yes }]
    period: 2026-03
    expect: { value: 100 }
`;

const DERIVED = `  - id: doubled
    name: Doubled
    objective: renewals
    owner: amara
    unit: percent
    direction: unscored
    frequency: quarterly
    from: { formula: 2 * renewal_rate }
`;

const readWith = (examples: string, measures = '') =>
  read({ ...SOUND, [CARD]: `${SOUND[CARD]}${measures}examples:\n${examples}` });

/** `CODE line:column message → remedy` of each problem. */
async function problemsOf(examples: string, measures = ''): Promise<readonly string[]> {
  const { problems } = await readWith(examples, measures);
  return problems.map(({ code, path, message, remedy }) => `${code} ${path}: ${message} → ${remedy}`);
}

describe('examples of a scorecard', () => {
  it('are read with their place, period and what is expected', async () => {
    const { examples, problems } = await readWith(EXAMPLE);
    expect(problems).toEqual([]);
    expect(examples).toEqual([
      {
        file: CARD,
        line: 21,
        measure: 'company/renewal-rate',
        period: { id: '2026-03', frequency: 'monthly', start: '2026-03-01', end: '2026-04-01' },
        rows: [{ ended_on: '2026-03-05', renewed: 'yes' }],
        given: {},
        series: {},
        expect: { value: { value: '100', places: 0 } },
      },
    ]);
  });

  it('take the period of a day, and cells as they are written', async () => {
    const { examples } = await readWith(
      EXAMPLE.replace('period: 2026-03', 'date: 2026-03-31').replace('renewed: yes', 'renewed: true, amount: 1250.50'),
    );
    expect(examples[0]).toMatchObject({
      period: { id: '2026-03' },
      rows: [{ ended_on: '2026-03-05', renewed: 'true', amount: '1250.50' }],
    });
  });

  it('are no part of the revision', async () => {
    const [without, one, other] = await Promise.all([
      read(SOUND),
      readWith(EXAMPLE),
      readWith(EXAMPLE.replace('value: 100', 'value: 50')),
    ]);
    expect(one.config?.revision).toBe(without.config?.revision);
    expect(other.config?.revision).toBe(without.config?.revision);
    expect(one.config).not.toHaveProperty('examples');
  });

  it('tell everything that is wrong with them at once', async () => {
    const wrong = [
      EXAMPLE.replace('renewal-rate', 'renewal-rat'),
      EXAMPLE.replace('renewed: yes', 'renewd: yes'),
      EXAMPLE.replace('2026-03\n', '2026-Q1\n'),
      EXAMPLE.replace('period: 2026-03', 'date: 2026-02-30'),
      EXAMPLE.replace('period: 2026-03', 'unit: berlin\n    period: 2026-03'),
      EXAMPLE.replace('period: 2026-03', 'series: { baselin: 1 }\n    period: 2026-03'),
      EXAMPLE.replace('period: 2026-03', 'target: { low: 1, high: 2 }\n    period: 2026-03'),
    ].join('');
    expect(await problemsOf(wrong)).toEqual([
      'CONFIG_UNKNOWN_MEASURE examples.0.measure: examples.0.measure: there is no measure "renewal-rat" → did you mean "renewal-rate"?',
      'CONFIG_UNKNOWN_COLUMN examples.1.rows.0.renewd: examples.1.rows.0.renewd: there is no column "renewd" → did you mean "renewed"?',
      'CONFIG_SERIES_PERIOD examples.2.period: "2026-Q1" is a quarterly period, and the measure is monthly → name periods that are monthly',
      'CONFIG_INVALID_DATE examples.3.date: the calendar has no day "2026-02-30" → write a day that exists as YYYY-MM-DD',
      'CONFIG_EXAMPLE_GIVEN examples.4.unit: examples.4.unit: the measure "renewal-rate" is of no units → remove unit',
      'CONFIG_UNKNOWN_SERIES examples.5.series.baselin: examples.5.series.baselin: there is no series "baselin" → use one of: target',
      'CONFIG_TARGET_KIND examples.6.target: a range 1 to 2 is no target for higher-is-better → give one value:, or make the direction in-band',
    ]);
  });

  it.each([
    ['without anything expected', EXAMPLE.replace('{ value: 100 }', '{}'), 'nothing is expected'],
    [
      'with a day and a period',
      EXAMPLE.replace('period:', 'date: 2026-03-01\n    period:'),
      'exactly one of period, date',
    ],
    ['with a number in words', EXAMPLE.replace('value: 100', 'value: many'), 'examples.0.expect.value'],
    ['with an unknown status', EXAMPLE.replace('value: 100', 'status: green'), 'none of the words it can be'],
    ['with a list as a cell', EXAMPLE.replace('renewed: yes', 'renewed: [yes]'), 'a cell is a text'],
    ['with an unknown key', EXAMPLE.replace('expect:', 'expects:'), 'unknown key "expects"'],
    ['without rows', EXAMPLE.replace(/ {4}rows.*\n/, ''), 'is made of rows, and none are given'],
    [
      'with values of another measure',
      EXAMPLE.replace('period:', 'given: { doubled: { 2026-Q1: 5 } }\n    period:'),
      'the measure "renewal-rate" is not made of "doubled"',
    ],
  ])('are refused %s', async (_, examples, message) => {
    expect((await problemsOf(examples, DERIVED)).join('\n')).toContain(message);
  });

  const derived = (more: string): string =>
    `  - { measure: doubled, period: 2026-Q1, ${more}, expect: { value: 100 } }\n`;

  it('give a derived measure values of what it is made of, at the grain of that', async () => {
    const { examples, problems } = await readWith(derived('given: { renewal-rate: { 2026-01: 50 } }'), DERIVED);
    expect(problems.map(({ message }) => message)).toEqual([]);
    expect(examples[0]?.given).toEqual({ 'company/renewal-rate': { '2026-01': { value: '50' } } });
  });

  it.each([
    ['rows', 'rows: [{ ended_on: 2026-03-05 }]', 'is computed from other measures and has no rows'],
    ['periods of its own grain', 'given: { renewal-rate: { 2026-Q1: 50 } }', '"2026-Q1" is a quarterly period'],
    ['a measure that is not there', 'given: { renewals: { 2026-01: 50 } }', 'there is no measure "renewals"'],
    ['a series that it does not read', 'given: { renewal-rate#target: { 2026-01: 50 } }', 'is not made of'],
  ])('do not give a derived measure %s', async (_, more, message) => {
    expect((await problemsOf(derived(more), DERIVED)).join('\n')).toContain(message);
  });

  it('keep quiet about a measure that is malformed, which is told already', async () => {
    const { problems } = await read({
      ...SOUND,
      [CARD]: `${SOUND[CARD]?.replace('direction: higher-is-better', 'direction: up')}examples:\n${EXAMPLE}`,
    });
    expect(problems.map(({ code }) => code)).toEqual(['CONFIG_INVALID_VALUE']);
  });
});
