// What a preset or a short form stands for is printed in full; read again, it has to give the same bands and score.
import { describe, expect, it } from 'vitest';
import type { KnownToScoring } from '#src/config/resolve/score/known.js';
import { spellScoring } from '#src/domain/score/spell-scoring.js';
import { judgeBy, pointsOf, readScoring, wordOf } from '../support/scoring-of.js';

const higher = 'direction: higher-is-better\n';
const lower = 'direction: lower-is-better\n';
const target = 'targets: [{ from: 2026, value: 85 }]\n';
const range = 'targets: [{ from: 2026, low: 72, high: 82 }]\n';
const labels = ['D', 'BBB', 'AA-', 'AAA'];

const SPELLED: readonly [what: string, yaml: string, lines: readonly string[], known?: KnownToScoring][] = [
  [
    'goal and red flag',
    `${higher}score: { preset: goal_red_flag, points: 10, goal: 700, red: 500 }\n`,
    [
      'bands:',
      "  on_track: '>= 700'",
      "  at_risk: '>= 500'",
      'score:',
      '  points: 10',
      '  basis: value',
      '  knots: [[300, 0], [900, 10]]',
    ],
  ],
  [
    'goal and red flag on series, where less is better',
    `${lower}score: { preset: goal_red_flag, goal: target, red: threshold + 1 }\n${target}`,
    [
      'bands:',
      "  on_track: '<= target'",
      "  at_risk: '<= threshold + 1'",
      'score:',
      '  basis: value',
      '  knots: [[2 * threshold - target + 2, 0], [2 * target - threshold - 1, 1]]',
    ],
  ],
  [
    'two colours',
    `${lower}score: { preset: two_colour, points: 10, worst: 9, mid: 5, best: 0 }\n`,
    [
      'bands:',
      "  - { when: '<= 5', status: on_track }",
      "  - { when: 'else', status: off_track }",
      'score:',
      '  points: 10',
      '  basis: value',
      '  knots: [[9, 0], [5, 5], [0, 10]]',
    ],
  ],
  [
    'three colours',
    `${higher}score: { preset: three_colour, points: 3, worst: 0, red: 5, goal: 8, best: 10 }\n`,
    [
      'bands:',
      "  on_track: '>= 8'",
      "  at_risk: '>= 5'",
      'score:',
      '  points: 3',
      '  basis: value',
      '  knots: [[0, 0], [5, 1], [8, 2], [10, 3]]',
    ],
  ],
  [
    'in a band',
    `direction: in-band\n${range}score: { preset: in_band, tolerance: 2.5 }\n`,
    [
      'bands:',
      "  on_track: 'within 0 of target'",
      "  at_risk: 'within 2.5 of target'",
      'score:',
      '  basis: distance_from_target',
      '  knots: [[0, 1], [5, 0]]',
    ],
  ],
  [
    'exact',
    `direction: exact\n${target}score: { preset: exact, points: 5 }\n`,
    [
      'bands:',
      "  - { when: 'within 0 of target', status: on_track }",
      "  - { when: 'else', status: off_track }",
      'score:',
      '  points: 5',
      '  basis: distance_from_target',
      '  knots: [[1, 0], [0, 0], [0, 5]]',
    ],
  ],
  [
    'progress from a baseline',
    `${lower}${target}score: { preset: baseline_progress, at_risk: 60 }\n`,
    [
      'bands:',
      "  on_track: 'progress >= 100%'",
      "  at_risk: 'progress >= 60%'",
      'score:',
      '  basis: progress',
      '  from: baseline',
      '  to: target',
      '  knots: [[0, 0], [1, 1]]',
    ],
  ],
  [
    'points',
    `${higher}bands: { on_track: 'score >= 10', at_risk: 'score >= 5' }\nscore: { preset: points, points: 10, otherwise: 1, steps: [[80, 5], [90, 10]] }\n`,
    [
      'bands:',
      "  on_track: 'score >= 10'",
      "  at_risk: 'score >= 5'",
      'score:',
      '  points: 10',
      '  basis: value',
      '  knots: [[80, 1], [80, 5], [90, 5], [90, 10], [91, 10]]',
    ],
  ],
  [
    'yes or no',
    `${higher}score: { preset: yes_no }\n`,
    [
      'bands:',
      "  - { when: '>= 1', status: on_track }",
      "  - { when: 'else', status: off_track }",
      'score:',
      '  basis: value',
      '  knots: [[0, 0], [1, 1]]',
    ],
  ],
  [
    'words in an order',
    `${higher}score: { preset: ordinal, points: 3, goal: AA-, red: BBB }\n`,
    [
      'bands:',
      `  on_track: ">= 'AA-'"`,
      `  at_risk: ">= 'BBB'"`,
      'score:',
      '  points: 3',
      '  basis: value',
      '  knots: [[1, 0], [4, 3]]',
    ],
    { labels },
  ],
  [
    'words that need other quotes, or that no band can name',
    `${higher}bands: [{ when: '>= 3', status: on_track }, { when: '>= 2', status: at_risk }, { when: else, status: off_track }]\n`,
    [
      'bands:',
      "  on_track: '>= 3'",
      `  at_risk: '>= "isn''t well"'`,
      'score:',
      '  basis: value',
      '  knots: [[1, 0], [2, 0.5], [3, 1]]',
    ],
    { labels: ['bad', "isn't well", 'well and good'] },
  ],
  [
    'nothing but a direction',
    `${higher}${target}`,
    [
      'bands:',
      "  on_track: '>= 100% of target'",
      "  at_risk: '>= 90% of target'",
      'score:',
      '  basis: percent_of_target',
      '  knots: [[80, 0], [90, 0.5], [100, 1]]',
    ],
  ],
  [
    'bands on series',
    `${higher}bands: { on_track: '>= benchmark', at_risk: '>= threshold' }\n`,
    [
      'bands:',
      "  on_track: '>= benchmark'",
      "  at_risk: '>= threshold'",
      'score:',
      '  basis: value',
      '  knots: [[2 * threshold - benchmark, 0], [threshold, 0.5], [benchmark, 1]]',
    ],
  ],
  [
    'bands that give no line',
    `direction: in-band\nbands: { on_track: 'between 20 and 70', at_risk: 'between 10 and 90' }\n`,
    [
      'bands:',
      "  on_track: 'between 20 and 70'",
      "  at_risk: 'between 10 and 90'",
      'score:',
      '  basis: status',
      '  knots: [[0, 0], [1, 1]]',
    ],
  ],
  [
    'ranges of a percentage',
    `${higher}${target}bands:
  on: percent_of_target
  inclusive: upper
  ranges:
    - { to: 90, status: off_track, label: "far o'ff" }
    - { from: 90, to: 100, status: at_risk }
    - { from: 100, status: on_track }
`,
    [
      'bands:',
      '  on: percent of target',
      '  inclusive: upper',
      '  ranges:',
      '    - { to: 90, status: off_track, label: "far o\'ff" }',
      '    - { from: 90, to: 100, status: at_risk }',
      '    - { from: 100, status: on_track }',
      'score:',
      '  basis: status',
      '  knots: [[0, 0], [1, 1]]',
    ],
  ],
  [
    'everything that a map can say',
    `${higher}score:
  points: 10
  best_of:
    - { basis: value, knots: [[threshold, 0.5], [benchmark, 9.5]], below: 0, beyond: 10, round: { mode: half-up, min: 1, max: 9 } }
    - { basis: expected_progress, start: 2016, end: 2030-06, growth: compound, knots: [[0, 0], [1, 10]], limit: scale }
bands:
  - { when: 'score > 7 and <= 9.5', status: on_track, label: good }
  - { when: 'progress >= 95% of expected', status: on_track }
  - { when: 'within 5% of benchmark', status: at_risk }
  - { when: 'variance percent of benchmark < -10', status: off_track }
  - { when: else, status: at_risk }
`,
    [
      'bands:',
      "  - { when: 'score > 7 and <= 9.5', status: on_track, label: 'good' }",
      "  - { when: 'progress >= 95% of expected', status: on_track }",
      "  - { when: 'within 5% of benchmark', status: at_risk }",
      "  - { when: 'variance percent of benchmark < -10', status: off_track }",
      "  - { when: 'else', status: at_risk }",
      'score:',
      '  points: 10',
      '  best_of:',
      '    - basis: value',
      '      knots: [[threshold, 0.5], [benchmark, 9.5]]',
      '      below: 0',
      '      beyond: 10',
      '      round: { mode: half-up, step: 1, min: 1, max: 9 }',
      '    - basis: expected_progress',
      '      from: baseline',
      '      to: target',
      '      start: 2016-01-01',
      '      end: 2030-06-30',
      '      growth: compound',
      '      knots: [[0, 0], [1, 10]]',
      '      limit: scale',
    ],
  ],
];

describe('what is left unsaid', () => {
  it.each(SPELLED)('is spelled in full: %s', (_what, yaml, lines, known) => {
    expect(spellScoring({ ...readScoring(yaml, known).scoring, ...known })).toEqual(lines);
  });

  it.each(SPELLED)('is the same when it is said: %s', (_what, yaml, lines, known) => {
    const { scoring, direction } = readScoring(yaml, known);
    const targets = yaml.split('\n').filter((line) => line.startsWith('targets:'));
    const again = readScoring([`direction: ${direction}`, ...targets, ...lines, ''].join('\n'), known);
    expect(again.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const meaning = ({ bands, scoreMap }: typeof scoring) => [bands.map(({ text: _text, ...band }) => band), scoreMap];
    expect(meaning(again.scoring)).toEqual(meaning(scoring));
  });

  it('is nothing for an unscored measure', () => {
    expect(spellScoring(readScoring('direction: unscored\n').scoring)).toEqual([]);
  });
});

describe('presets', () => {
  it('give points by steps, a step to the value on it', () => {
    const judge = judgeBy(`${higher}bands: { on_track: 'score >= 10', at_risk: 'score >= 5' }
score: { preset: points, points: 10, otherwise: 1, steps: [[80, 5], [90, 10]] }
`);
    const outcomes = ['0', '79.99', '80', '89.99', '90', '900'].map((value) => judge(value));
    expect(outcomes.map(pointsOf)).toEqual(['1', '1', '5', '5', '10', '10']);
    expect(outcomes.map(wordOf)).toEqual(['off_track', 'off_track', 'at_risk', 'at_risk', 'on_track', 'on_track']);
  });

  it('give points by a single step where less is better', () => {
    const judge = judgeBy(`${lower}bands: { on_track: '<= 5', at_risk: '<= 6' }
score: { preset: points, steps: [[5, 1]] }
`);
    expect(['4', '5', '5.01'].map((value) => pointsOf(judge(value)))).toEqual(['1', '1', '0']);
  });

  it('give full score on the exact target alone', () => {
    const judge = judgeBy(`direction: exact\n${target}score: { preset: exact }\n`);
    expect(['84.999', '85', '200'].map((value) => pointsOf(judge(value)))).toEqual(['0', '1', '0']);
    expect(['84.999', '85'].map((value) => wordOf(judge(value)))).toEqual(['off_track', 'on_track']);
  });

  it('turn yes and no round where no is better', () => {
    const judge = judgeBy(`${lower}score: { preset: yes_no }\n`);
    expect(['0', '1'].map((value) => pointsOf(judge(value)))).toEqual(['1', '0']);
    expect(['0', '1'].map((value) => wordOf(judge(value)))).toEqual(['on_track', 'off_track']);
  });

  it.each([
    ['No', 'Yes'],
    ['failed', 'passed'],
  ])('take the worse of two words, %s, for no and the better, %s, for yes', (no, yes) => {
    const judged = (direction: string) => {
      const judge = judgeBy(`${direction}score: { preset: yes_no, points: 10 }\n`, { labels: [no, yes] });
      return ['1', '2'].map((place) => `${wordOf(judge(place))} ${pointsOf(judge(place))}`);
    };
    expect(judged(higher)).toEqual(['off_track 0', 'on_track 10']);
    expect(judged(lower)).toEqual(['on_track 10', 'off_track 0']);
  });

  it('give equal steps over labels', () => {
    const judge = judgeBy(`${higher}score: { preset: ordinal, goal: "'AA-'", red: BBB }\n`, { labels });
    expect(['1', '2', '3', '4'].map((value) => wordOf(judge(value)))).toEqual([
      'off_track',
      'at_risk',
      'on_track',
      'on_track',
    ]);
    expect(pointsOf(judge('4'))).toBe('1');
  });

  it('are overruled by bands that are written beside them', () => {
    const judge = judgeBy(`${higher}bands: { on_track: '> 700', at_risk: '> 500' }
score: { preset: goal_red_flag, goal: 700, red: 500 }
`);
    expect(wordOf(judge('700'))).toBe('at_risk');
  });
});
