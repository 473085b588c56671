import { expect, it } from 'vitest';
import type { KnownToScoring } from '#src/config/resolve/score/known.js';
import { readScoring } from '../support/scoring-of.js';

const higher = 'direction: higher-is-better\n';
const inBand = 'direction: in-band\n';
const target = 'targets: [{ from: 2026, value: 85 }]\n';
const map = (rest: string): string => `${higher}bands: { on_track: '>= 9', at_risk: '>= 5' }\nscore: { ${rest} }\n`;

type Row = [what: string, yaml: string, told: readonly string[], known?: KnownToScoring];

const ERRORS: readonly Row[] = [
  [
    'a score beyond full points',
    map('points: 10, basis: value, knots: [[0, 0], [9, 11]]'),
    ['BAD_SCORE', 'the score 11 is not between 0 and 10', 'limit: none'],
  ],
  ['a score below 0', map('basis: value, knots: [[0, -0.1], [9, 1]]'), ['BAD_SCORE', '-0.1 is not between 0 and 1']],
  ['a below beyond full points', map('basis: value, knots: [[0, 0], [9, 1]], below: 2'), ['BAD_SCORE', 'the score 2']],
  [
    'a rounding upside down',
    map('basis: value, knots: [[0, 0], [9, 1]], round: { mode: floor, min: 1, max: 0 }'),
    ['BAD_SCORE', 'min 1 is above max 0'],
  ],
  [
    'a rounding by no mode',
    map('basis: value, knots: [[0, 0], [9, 1]], round: { mode: nearest }'),
    ['INVALID_VALUE', '"nearest"'],
  ],
  [
    'a step of 0',
    map('basis: value, knots: [[0, 0], [9, 1]], round: { mode: floor, step: 0 }'),
    ['INVALID_VALUE', '0 is not above 0'],
  ],
  [
    'a basis that there is not',
    map('basis: ratio, knots: [[0, 0], [9, 1]]'),
    ['INVALID_VALUE', '"ratio" is no basis', 'percent_of_target'],
  ],
  [
    'a key of another basis',
    map('basis: value, from: 3, knots: [[0, 0], [9, 1]]'),
    ['BAD_SCORE', 'from means nothing beside the basis value', 'progress'],
  ],
  [
    'a way that leads to what is worse',
    `${higher}score: { preset: baseline_progress, from: 40, to: 5 }\n`,
    ['BAD_SCORE', 'progress from 40 to 5 leads away from what is better', 'from be the worse'],
  ],
  [
    'a way without time',
    map('basis: expected_progress, start: 2026, knots: [[0, 0], [1, 1]]'),
    ['MISSING_KEY', 'end is missing'],
  ],
  [
    'a way that ends before it starts',
    map('basis: expected_progress, start: 2026, end: 2025-12-31, knots: [[0, 0], [1, 1]]'),
    ['BAD_SCORE', 'lies before start 2026'],
  ],
  [
    'a day that is none',
    map('basis: expected_progress, start: 2026-02-30, end: 2027, knots: [[0, 0], [1, 1]]'),
    ['INVALID_DATE', '"2026-02-30"'],
  ],
  [
    'knots that go back and forth',
    map('basis: value, knots: [[0, 0], [9, 0.5], [5, 1]]'),
    ['BAD_SCORE', 'the knot at 5 stands after the one at 9'],
  ],
  [
    'knots on a series out of order',
    map('basis: value, knots: [[threshold, 0], [threshold - 5, 1]]'),
    ['BAD_SCORE', 'the knot at threshold - 5'],
  ],
  [
    'a quantity that cannot be read',
    map('basis: value, knots: [[0, 0], [9 of target, 1]]'),
    ['BAD_SCORE', '"9 of target"', 'threshold + 5'],
  ],
  ['a label without labels', map('basis: value, knots: [[0, 0], [\'"AAA"\', 1]]'), ['BAD_SCORE', 'has no labels']],
  [
    'a series that the measure does not have',
    map('basis: value, knots: [[0, 0], [benchmrk, 1]]'),
    ['UNKNOWN_SERIES', 'no series "benchmrk"', 'benchmark'],
    { series: new Set(['benchmark']) },
  ],
  [
    'a basis on a series that is not there',
    map('basis: percent_of_plan, knots: [[0, 0], [100, 1]]'),
    ['UNKNOWN_SERIES', '"plan"'],
    { series: new Set() },
  ],
  [
    'a band on a series that is not there',
    `${higher}bands: { on_track: '>= plan', at_risk: '>= plan - 5' }\n`,
    ['UNKNOWN_SERIES', '"plan"'],
    { series: new Set() },
  ],
  [
    'a percentage of a range',
    `${inBand}targets: [{ from: 2026, low: 1, high: 2 }]\nbands: { on_track: 'within 0 of target', at_risk: 'within 1 of target' }\nscore: { basis: distance_percent_of_target, knots: [[0, 1], [9, 0]] }\n`,
    ['BAD_SCORE', 'no meaning for a range'],
  ],
  [
    'bands on a score that is not spelled',
    `${higher}bands: { on_track: 'score >= 70', at_risk: 'score >= 40' }\n`,
    ['BAD_BANDS', 'spells none', 'add score'],
  ],
  [
    'a score of the status of the score',
    `${higher}bands: { on_track: 'score >= 70', at_risk: 'score >= 40' }\nscore: { basis: status, knots: [[0, 0], [1, 1]] }\n`,
    ['BAD_SCORE', 'made of the status'],
  ],
  [
    'a list of bands without else',
    `${higher}bands: [{ when: '>= 9', status: on_track }, { when: '>= 5', status: at_risk }]\n`,
    ['BAD_BANDS', 'gap: the last band, ">= 5"'],
  ],
  [
    'a band in a list that cannot be read',
    `${higher}bands: [{ when: 'about 9', status: on_track }, { when: else, status: at_risk }]\n`,
    ['BAD_BAND', '"about 9"'],
  ],
  [
    'a status that there is not',
    `${higher}bands: [{ when: '>= 9', status: green }, { when: else, status: at_risk }]\n`,
    ['INVALID_VALUE', '"green"'],
  ],
  [
    'a list of bands against the direction',
    `direction: lower-is-better\nbands: [{ when: '>= 9', status: on_track }, { when: else, status: off_track }]\n`,
    ['BAD_BANDS', '"else" is off_track where ">= 9" is on_track'],
  ],
  [
    'ranges of nothing',
    `${higher}bands: { on: profit, ranges: [{ to: 5, status: off_track }, { from: 5, status: on_track }] }\n`,
    ['BAD_BAND', '"profit"'],
  ],
  [
    'ranges against the direction',
    `${higher}bands: { ranges: [{ to: 5, status: on_track }, { from: 5, status: off_track }] }\n`,
    ['BAD_BANDS', '"from 5" is off_track'],
  ],
  [
    'a short form with one basis on the wrong side',
    `${higher}${target}bands: { on_track: 'variance from target <= 0', at_risk: 'variance from target <= 5' }\n`,
    ['BAD_BANDS', 'contradict the direction'],
  ],
  [
    'a short form of which one band contradicts the direction, and is on another basis',
    `${higher}${target}bands: { on_track: 'within 5% of target', at_risk: '>= 90% of target' }\n`,
    ['BAD_BANDS', '"within 5% of target" contradicts the direction'],
  ],
  [
    'a key of another preset',
    `direction: exact\n${target}score: { preset: exact, tolerance: 5 }\n`,
    ['UNKNOWN_KEY', '"tolerance"', 'it belongs to another form'],
  ],
  [
    'a preset that there is not',
    `${higher}score: { preset: traffic_light, goal: 1 }\n`,
    ['INVALID_VALUE', '"traffic_light"'],
  ],
  [
    'a preset without its goal',
    `${higher}score: { preset: goal_red_flag, red: 1 }\n`,
    ['MISSING_KEY', 'goal is missing'],
  ],
  [
    'a preset with its limits the wrong way round',
    `${higher}score: { preset: goal_red_flag, goal: 1, red: 5 }\n`,
    ['BAD_BANDS', 'at_risk limit 5 must be below'],
  ],
  [
    'a preset that the direction has no use for',
    `${inBand}targets: [{ from: 2026, low: 1, high: 2 }]\nbands: { on_track: 'within 0 of target', at_risk: 'within 1 of target' }\nscore: { preset: yes_no }\n`,
    ['BAD_SCORE', 'in-band', 'in_band or exact'],
  ],
  [
    'yes or no of more than two words',
    `${higher}score: { preset: yes_no }\n`,
    ['BAD_SCORE', 'needs two words, and the values are No, Partly, Yes', 'preset ordinal'],
    { labels: ['No', 'Partly', 'Yes'] },
  ],
  [
    'yes as the worse word',
    `${higher}score: { preset: yes_no }\n`,
    ['BAD_SCORE', 'makes "YES" the worse and "NO" the better answer', 'let the order be [NO, YES]'],
    { labels: ['YES', 'NO'] },
  ],
  [
    'labels where there are none',
    `${higher}score: { preset: ordinal, goal: AA, red: B }\n`,
    ['BAD_SCORE', 'words in an order'],
  ],
  [
    'one map to choose from',
    map('best_of: [{ basis: value, knots: [[0, 0], [9, 1]] }]'),
    ['INVALID_VALUE', 'two maps or more'],
  ],
];

it.each<Row>(ERRORS)('tells of %s', (_what, yaml, [code, says, remedy], known) => {
  const { problems } = readScoring(yaml, known);
  const found = problems.find((problem) => problem.code === `CONFIG_${code}`);
  expect(found, JSON.stringify(problems, null, 2)).toBeDefined();
  expect(found?.severity).toBe('error');
  expect(`${found?.message} ${found?.remedy}`).toContain(says);
  expect(found?.remedy).toContain(remedy ?? '');
});

const WARNINGS: readonly Row[] = [
  [
    'ranges that end',
    `${higher}bands: { ranges: [{ from: 0, to: 5, status: off_track }, { from: 5, status: on_track }] }\n`,
    ['BANDS_OPEN_END', 'nothing is defined below 0'],
  ],
  [
    'a score compared with a share',
    `${higher}bands: { on_track: 'score >= 0.7', at_risk: 'score >= 0.4' }\nscore: { basis: value, knots: [[0, 0], [9, 1]] }\n`,
    ['BAND_SCALE', '0.7'],
  ],
  [
    'a score that runs against the direction',
    map('basis: value, knots: [[threshold, 1], [threshold + 5, 0]]'),
    ['SCORE_DIRECTION', 'the score falls'],
  ],
  [
    'a map on a target that is not there',
    map('basis: value, knots: [[0, 0], [target, 1]]'),
    ['NO_TARGET', 'no_target'],
  ],
];

it.each<Row>(WARNINGS)('warns of %s', (_what, yaml, [code, says]) => {
  const { problems } = readScoring(yaml);
  expect(problems.map(({ severity }) => severity)).not.toContain('error');
  const found = problems.find((problem) => problem.code === `CONFIG_${code}`);
  expect(found?.message, JSON.stringify(problems)).toContain(says);
});

it('says nothing of scores beyond full points that rounding or a limit keeps', () => {
  for (const rest of ['limit: none', 'limit: scale', 'round: { mode: half-up, min: 0, max: 10 }']) {
    const { problems } = readScoring(map(`points: 10, basis: value, knots: [[0, -0.5], [9, 12]], ${rest}`));
    expect(problems).toEqual([]);
  }
});

it('points at the values that are wrong', () => {
  const { problems } = readScoring(`${higher}bands:
  - { when: '>= 9', status: on_track }
  - { when: 'nine', status: off_track }
score: { basis: value, knots: [[0, 0], [9, 5]] }
`);
  expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual([
    '11:13 CONFIG_BAD_BAND',
    '12:44 CONFIG_BAD_SCORE',
  ]);
});
