// Targets and other series of a measure whose values are words in an order: a word stands for its place.
import { describe, expect, it } from 'vitest';
import { changed, configOf, type Files, read } from './support/config-folder.js';

const CARD = 'scorecards/company.yaml';
const RATIO = 'ratio: { numerator: { count: renewed = true }, denominator: { count: all } }';

/** The sound configuration with a rating of the given words in the place of the ratio. */
function files(targets: string, order = '[B, BB, A-, AA]', more: readonly (readonly [string, string])[] = []): Files {
  const rating = `      renewed: boolean\n      rating: { type: ordinal, order: ${order} }\n`;
  const changes: readonly (readonly [string, string])[] = [
    [RATIO, 'last: rating'],
    ['targets:\n      - { from: 2025-01, value: 85 }', targets],
    [
      "bands: { on_track: '>= 100% of target', at_risk: '>= 92% of target' }",
      "bands: { on_track: '>= target', at_risk: '>= target - 1' }",
    ],
    ...more,
  ];
  const extract = changed('extracts/contracts.yaml', '      renewed: boolean\n', rating);
  return changes.reduce((all, [before, after]) => changed(CARD, before, after, all), extract);
}

const measureOf = async (...args: Parameters<typeof files>) => (await configOf(files(...args))).measures[0];

async function problemsOf(...args: Parameters<typeof files>): Promise<readonly string[]> {
  const { problems } = await read(files(...args));
  return problems.map(({ code, path, message, remedy }) => `${code} ${path}: ${message} | ${remedy}`);
}

describe('a target of words in an order', () => {
  it('is the place of its word, in versions, by period and as a range', async () => {
    const versions = await measureOf('targets: [{ from: 2025-01, value: A- }, { from: 2026-01, value: 4 }]');
    expect(versions?.targets.map(({ target }) => target)).toEqual([
      { kind: 'value', value: '3' },
      { kind: 'value', value: '4' },
    ]);
    const periods = await measureOf('targets: { periods: { 2026: AA, 2026-03: BB } }');
    expect(periods?.series?.[0]?.source).toMatchObject({
      values: { '2026': { value: '4' }, '2026-03': { value: '2' } },
    });
    const range = await measureOf('targets: [{ from: 2025-01, low: BB, high: AA }]', undefined, [
      ['direction: higher-is-better', 'direction: in-band'],
      [
        "{ on_track: '>= target', at_risk: '>= target - 1' }",
        "{ on_track: 'within 0 of target', at_risk: 'within 1 of target' }",
      ],
    ]);
    expect(range?.targets[0]?.target).toEqual({ kind: 'range', low: '2', high: '4' });
  });

  it('may be one of another series', async () => {
    const measure = await measureOf('targets: [{ from: 2025-01, value: AA }]', undefined, [
      ['unit: percent', 'unit: percent\n    series: { baseline: [{ from: 2024-01, value: BB }] }'],
    ]);
    expect(measure?.series?.[0]?.source).toMatchObject({ versions: [{ target: { kind: 'value', value: '2' } }] });
  });

  it('is refused where the order does not have it, with the words it has', async () => {
    expect(await problemsOf('targets: [{ from: 2025-01, value: AAA }]')).toEqual([
      'CONFIG_INVALID_VALUE measures.0.targets.0.value: measures.renewal-rate.targets.0.value: ' +
        '"AAA" is none of the words of the measure | write one of B, BB, A-, AA',
    ]);
  });

  it('is refused where it may be a word or another place', async () => {
    const marks = "['6', '5', '4', '3', '2', '1']";
    const [problem = '', ...others] = await problemsOf('targets: [{ from: 2025-01, value: 2 }]', marks);
    expect(others).toEqual([]);
    expect(problem).toContain('"2" may be the word 2 or place 2 in the order of the words');
    const quoted = await measureOf(`targets: [{ from: 2025-01, value: "'2'" }]`, marks);
    expect(quoted?.targets[0]?.target).toEqual({ kind: 'value', value: '5' });
  });
});

it('a target of numbers is no word', async () => {
  const { problems } = await read(changed(CARD, 'value: 85', 'value: good'));
  expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'CONFIG_INVALID_VALUE measures.renewal-rate.targets.0.value: "good" is not a plain decimal number',
  ]);
});
