// Cases with known answers from products and statistical practice, each written as configuration of a measure. What is
// documented elsewhere as wrong is asserted as not produced.
import { describe, expect, it } from 'vitest';
import type { PeriodScore } from '#src/domain/score/types.js';
import { decimal, roundTo } from '#src/domain/value/decimal.js';
import { judgeBy, pointsOf, readScoring, type SeriesValues, wordOf } from '../support/scoring-of.js';

type Judge = ReturnType<typeof judgeBy>;

const points = (judge: Judge, values: readonly string[], series?: SeriesValues): readonly string[] =>
  values.map((value) => roundTo(pointsOf(judge(value, series)), 4));
const words = (judge: Judge, values: readonly string[], series?: SeriesValues): readonly string[] =>
  values.map((value) => wordOf(judge(value, series)));
const basis = (outcome: PeriodScore): string => (outcome.scored ? outcome.basisValue : outcome.reason);

describe('scores of worked cases', () => {
  it('goal and red flag: a third at the red flag, two thirds at the goal', () => {
    const judge = judgeBy(`direction: higher-is-better
score: { preset: goal_red_flag, points: 10, goal: 700, red: 500 }
`);
    const values = ['300', '500', '600', '700', '900', '1000', '100'];
    expect(points(judge, values)).toEqual(['0', '3.3333', '5', '6.6667', '10', '10', '0']);
    expect(words(judge, ['499', '500', '699', '700'])).toEqual(['off_track', 'at_risk', 'at_risk', 'on_track']);
  });

  it('goal and red flag colour what is below the red flag red', () => {
    const judge = judgeBy(`direction: higher-is-better
score: { preset: goal_red_flag, goal: 260000, red: 255000 }
`);
    expect(words(judge, ['254999', '257500', '260001'])).toEqual(['off_track', 'at_risk', 'on_track']);
  });

  it('two colours: half of the score between them', () => {
    const judge = judgeBy(`direction: higher-is-better
score: { preset: two_colour, points: 10, worst: 0, mid: 50, best: 100 }
`);
    expect(points(judge, ['0', '25', '50', '75', '100'])).toEqual(['0', '2.5', '5', '7.5', '10']);
    expect(words(judge, ['49.99', '50'])).toEqual(['off_track', 'on_track']);
  });

  it.each([
    ['0', '100', '16', '0.16'],
    ['0', '200', '50', '0.25'],
    ['80', '20', '50', '0.5'],
  ])('progress from %s to %s is, at %s, %s', (lo, hi, value, share) => {
    const direction = decimal(lo).lessThan(hi) ? 'higher-is-better' : 'lower-is-better';
    const judge = judgeBy(`direction: ${direction}
score: { preset: baseline_progress, from: ${lo}, to: ${hi} }
`);
    expect(judge(value)).toMatchObject({ score: share, basisValue: share });
  });

  it('between best and worst: a value is placed on the line between them', () => {
    const judge = judgeBy(`direction: higher-is-better
targets: [{ from: 2026, value: 100 }]
score: { basis: progress, from: 50, to: target, knots: [[0, 0], [1, 1]] }
`);
    expect(judge('75')).toMatchObject({ score: '0.5' });
  });

  it('health of what is expected: percent rounded down, at most 100, and three names', () => {
    const judge = judgeBy(`direction: higher-is-better
targets: [{ from: 2026, value: 100 }]
score:
  basis: percent_of_target
  points: 100
  knots: [[0, 0], [100, 100]]
  round: { mode: floor, step: 1 }
bands:
  - { when: 'score >= 95', status: on_track, label: On Track }
  - { when: 'score >= 85', status: at_risk, label: Behind }
  - { when: else, status: off_track, label: At Risk }
`);
    const health = [
      ['50', '55'],
      ['99', '100'],
      ['15', '22'],
      ['120', '100'],
    ].map(([value = '', target = '']) => judge(value, { target }));
    expect(health.map(pointsOf)).toEqual(['90', '99', '68', '100']);
    expect(health.map(wordOf)).toEqual(['Behind', 'On Track', 'At Risk', 'On Track']);
  });

  it('achievement: percent of target, without limit', () => {
    const judge = judgeBy(`direction: higher-is-better
targets: [{ from: 2026, value: 50 }]
score: { basis: percent_of_target, points: 100, knots: [[0, 0], [100, 100]], limit: none }
`);
    expect(points(judge, ['45', '75', '40'])).toEqual(['90', '150', '80']);
    expect(points(judge, ['35'], { target: '100' })).toEqual(['35']);
    expect(points(judge, ['95'], { target: '85' })).toEqual(['111.7647']);
    expect(points(judge, ['0', '-1'], { target: '0' })).toEqual(['100', '0']);
  });

  it('achievement of a negative target that is beaten is over 100, and never -150', () => {
    const judge = judgeBy(`direction: higher-is-better
targets: [{ from: 2026, value: -2 }]
score: { basis: percent_of_target, points: 100, knots: [[0, 0], [100, 100]], limit: none }
`);
    expect(points(judge, ['3'])).toEqual(['350']);
    expect(wordOf(judge('3'))).toBe('on_track');
  });

  it('absolute: off by as much on either side costs as much', () => {
    const judge = judgeBy(`direction: exact
targets: [{ from: 2026, value: 50 }]
score: { basis: distance_percent_of_target, points: 100, knots: [[0, 100], [100, 0]] }
bands: { on_track: 'within 0% of target', at_risk: 'within 10% of target' }
`);
    expect(points(judge, ['55', '50', '45'])).toEqual(['90', '100', '90']);
    expect(words(judge, ['55', '50', '44.9'])).toEqual(['at_risk', 'on_track', 'off_track']);
  });

  it('linear to nothing at twice the good value, and nothing beyond', () => {
    const judge = judgeBy(`direction: lower-is-better
score: { points: 100, basis: value, knots: [[2, 100], [4, 0]] }
bands: { on_track: '<= 2', at_risk: '<= 3' }
`);
    expect(points(judge, ['2', '3', '4', '9'])).toEqual(['100', '50', '0', '0']);
  });

  it('variance: above 0 is better, whichever way that is', () => {
    const higher = judgeBy(`direction: higher-is-better
targets: [{ from: 2026, value: 100 }]
score: { basis: variance_from_target, knots: [[-100, 0], [0, 1]] }
`);
    const lower = judgeBy(`direction: lower-is-better
targets: [{ from: 2026, value: 100 }]
score: { basis: variance_from_target, knots: [[-100, 0], [0, 1]] }
`);
    expect([basis(higher('120')), basis(lower('120'))]).toEqual(['20', '-20']);
  });

  it('variance in the unit and in percent', () => {
    const judge = (kind: string): Judge =>
      judgeBy(`direction: higher-is-better
targets: [{ from: 2026, value: 10 }]
score: { basis: ${kind}_target, knots: [[-100, 0], [0, 1]] }
bands: { on_track: 'variance from target >= 0', at_risk: 'variance from target >= -1' }
`);
    expect(basis(judge('variance_from')('18'))).toBe('8');
    expect(basis(judge('variance_percent_of')('18'))).toBe('80');
    expect(wordOf(judge('variance_from')('18'))).toBe('on_track');
  });
});

describe('statuses of worked cases', () => {
  it('first rule that matches, in percent of target', () => {
    const judge = judgeBy(`direction: higher-is-better
targets: [{ from: 2026, value: 100 }]
bands:
  - { when: '>= 100% of target', status: on_track, label: Above Target }
  - { when: '>= 90% of target', status: at_risk, label: Caution }
  - { when: else, status: off_track, label: Below Plan }
`);
    const expected = ['Above Target', 'Caution', 'Caution', 'Below Plan'];
    expect(words(judge, ['100', '95', '90', '89.99'])).toEqual(expected);
  });

  it('five ranges that include their upper ends', () => {
    const judge = judgeBy(`direction: higher-is-better
bands:
  inclusive: upper
  ranges:
    - { to: 50, status: off_track, label: Critical }
    - { from: 50, to: 80, status: at_risk, label: Warning }
    - { from: 80, to: 100, status: at_risk, label: Acceptable }
    - { from: 100, to: 125, status: on_track, label: Good }
    - { from: 125, status: on_track, label: Ideal }
`);
    const values = ['50', '50.01', '80', '80.01', '100', '100.01', '125', '125.01', '126'];
    expect(words(judge, values)).toEqual([
      'Critical',
      'Warning',
      'Warning',
      'Acceptable',
      'Acceptable',
      'Good',
      'Good',
      'Ideal',
      'Ideal',
    ]);
  });

  it('five ranges that include their lower ends', () => {
    const judge = judgeBy(`direction: higher-is-better
bands:
  ranges:
    - { to: 5, status: off_track, label: dark red }
    - { from: 5, to: 15, status: off_track, label: red }
    - { from: 15, to: 30, status: at_risk, label: yellow }
    - { from: 30, to: 45, status: on_track, label: green }
    - { from: 45, status: on_track, label: dark green }
`);
    const values = ['4', '5', '14', '15', '29', '30', '44', '45'];
    expect(words(judge, values)).toEqual([
      'dark red',
      'red',
      'red',
      'yellow',
      'yellow',
      'green',
      'green',
      'dark green',
    ]);
  });

  it('three levels from thresholds that belong to the level above', () => {
    const judge = judgeBy(`direction: higher-is-better
bands:
  - { when: '>= 133333', status: on_track, label: '3' }
  - { when: '>= 66666', status: at_risk, label: '2' }
  - { when: else, status: off_track, label: '1' }
`);
    expect(words(judge, ['200000', '133333', '133332', '66666', '66665'])).toEqual(['3', '3', '2', '2', '1']);
  });

  it('green on target, amber up to ten percent under it', () => {
    const judge = judgeBy(`direction: higher-is-better
targets: [{ from: 2026, value: 100 }]
bands: { on_track: '>= 100% of target', at_risk: '>= 90% of target' }
`);
    expect(words(judge, ['100', '99.99', '90', '89.99'])).toEqual(['on_track', 'at_risk', 'at_risk', 'off_track']);
  });

  it('the same value is red where more is better and green where less is', () => {
    const judge = (direction: string): Judge =>
      judgeBy(`direction: ${direction}\ntargets: [{ from: 2026, value: 100 }]\n`);
    expect(wordOf(judge('higher-is-better')('50'))).toBe('off_track');
    expect(wordOf(judge('lower-is-better')('50'))).toBe('on_track');
  });

  it('twenty percent over the target is bad where less is better', () => {
    const judge = judgeBy(`direction: lower-is-better
targets: [{ from: 2026, value: 100 }]
bands: { on_track: '<= 100% of target', at_risk: '< 120% of target' }
`);
    expect(words(judge, ['100', '100.01', '119.99', '120'])).toEqual(['on_track', 'at_risk', 'at_risk', 'off_track']);
  });

  it('four bands, of which two are on track', () => {
    const judge = judgeBy(`direction: higher-is-better
targets: [{ from: 2026, value: 100 }]
bands:
  - { when: '>= 110% of target', status: on_track, label: super green }
  - { when: '>= 100% of target', status: on_track, label: green }
  - { when: '>= 90% of target', status: at_risk, label: yellow }
  - { when: else, status: off_track, label: red }
`);
    expect(words(judge, ['110', '100', '90', '89.99'])).toEqual(['super green', 'green', 'yellow', 'red']);
  });

  it('danger and warning on both sides, each limit on the worse one', () => {
    const judge = judgeBy(`direction: in-band
bands:
  - { when: '<= 10', status: off_track, label: DANGER }
  - { when: '<= 20', status: at_risk, label: WARNING }
  - { when: '< 70', status: on_track, label: OK }
  - { when: '< 90', status: at_risk, label: WARNING }
  - { when: else, status: off_track, label: DANGER }
`);
    const values = ['10', '10.01', '20', '20.01', '69.99', '70', '89.99', '90'];
    expect(words(judge, values)).toEqual(['DANGER', 'WARNING', 'WARNING', 'OK', 'OK', 'WARNING', 'WARNING', 'DANGER']);
  });

  it('a limit that moves with the period, and a tolerance around it', () => {
    const judge = judgeBy(
      `direction: lower-is-better
bands: { on_track: '< threshold - 1', at_risk: '<= threshold + 1' }
`,
      { series: new Set(['threshold']) },
    );
    const values = ['6', '7.5', '8', '9', '10'];
    expect(words(judge, values, { threshold: '8' })).toEqual([
      'on_track',
      'at_risk',
      'at_risk',
      'at_risk',
      'off_track',
    ]);
    expect(words(judge, values, { threshold: '12' })).toEqual(Array.from(values, () => 'on_track'));
  });

  it('the sign decides', () => {
    const judge = judgeBy(`direction: higher-is-better
bands:
  - { when: '> 0', status: on_track }
  - { when: '= 0', status: at_risk }
  - { when: else, status: off_track }
`);
    expect(words(judge, ['3', '0', '-1'])).toEqual(['on_track', 'at_risk', 'off_track']);
  });

  it('an upper limit that takes the worse band beside a lower one that takes the better', () => {
    const judge = judgeBy(`direction: higher-is-better
bands: { on_track: '> 95', at_risk: '>= 85' }
`);
    expect(words(judge, ['95.1', '95', '85', '84.9'])).toEqual(['on_track', 'at_risk', 'at_risk', 'off_track']);
  });

  it('a score just under a limit is under it: nothing is cut off before it is compared', () => {
    const judge = judgeBy(`direction: higher-is-better
score: { points: 100, basis: value, knots: [[0, 0], [100, 100]] }
bands: { on_track: 'score >= 90', at_risk: 'score >= 89.9' }
`);
    expect(judge('89.9')).toMatchObject({ status: 'at_risk', points: '89.9' });
    expect(words(judge, ['89.99999999999999999999999', '90', '89.8'])).toEqual(['at_risk', 'on_track', 'off_track']);
  });
});

describe('ranges that are wrong', () => {
  const told = (ranges: readonly (readonly [string, string])[]): readonly string[] => {
    const statuses = ['off_track', 'at_risk', 'on_track'];
    const lines = ranges.map(([from, to], index) => `    - { from: ${from}, to: ${to}, status: ${statuses[index]} }\n`);
    const { problems } = readScoring(
      `direction: higher-is-better\nbands:\n  inclusive: both\n  ranges:\n${lines.join('')}`,
    );
    return problems.filter(({ code }) => code === 'CONFIG_BAD_BANDS').map(({ message }) => message);
  };

  it('are refused with the gap and the overlap that they have', () => {
    expect(
      told([
        ['0', '33'],
        ['34', '66'],
        ['66', '100'],
      ]),
    ).toEqual(['gap 33..34', 'overlap 66']);
    expect(
      told([
        ['0', '84'],
        ['85', '94'],
        ['95', '105'],
      ]),
    ).toEqual(['gap 84..85', 'gap 94..95']);
  });
});

describe('points for achievement and improvement', () => {
  // The hospital value-based purchasing programme: 9 × (score − threshold) ÷ (benchmark − threshold) + 0.5 and
  // 10 × (score − baseline) ÷ (benchmark − baseline) − 0.5, both rounded half up; the greater counts.
  const HOSPITAL = (direction: string): string => `direction: ${direction}
score:
  points: 10
  best_of:
    - basis: value
      knots: [[threshold, 0.5], [benchmark, 9.5]]
      below: 0
      beyond: 10
      round: { mode: half-up, step: 1, min: 1, max: 9 }
    - basis: value
      knots: [[baseline, -0.5], [benchmark, 9.5]]
      below: 0
      beyond: 9
      round: { mode: half-up, step: 1, min: 0, max: 9 }
bands: { on_track: 'score >= 7', at_risk: 'score >= 3' }
`;
  const known = { series: new Set(['threshold', 'benchmark', 'baseline']) };

  it('are those of the formulas, the greater of the two', () => {
    const judge = judgeBy(HOSPITAL('higher-is-better'), known);
    const series = { threshold: '0.5', benchmark: '0.9', baseline: '0.4' };
    // Worked by hand: at 0.7 achievement is 9 × 0.5 + 0.5 = 5, improvement 10 × 0.6 − 0.5 = 5.5 → 6.
    const outcomes = ['0.39', '0.4', '0.49', '0.5', '0.7', '0.899', '0.9', '0.95'].map((value) => judge(value, series));
    expect(outcomes.map(pointsOf)).toEqual(['0', '0', '1', '2', '6', '9', '10', '10']);
    expect(outcomes.map((outcome) => outcome.scored && outcome.best)).toEqual([1, 1, 2, 2, 2, 1, 1, 1]);
  });

  it('are for achievement alone where there is no baseline', () => {
    const judge = judgeBy(HOSPITAL('higher-is-better'), known);
    expect(pointsOf(judge('0.7', { threshold: '0.5', benchmark: '0.9' }))).toBe('5');
  });

  it('turn round where less is better, without another rule', () => {
    const judge = judgeBy(HOSPITAL('lower-is-better'), known);
    const series = { threshold: '1', benchmark: '0.8' };
    expect(points(judge, ['1.01', '1', '0.9', '0.801', '0.8', '0.5'], series)).toEqual([
      '0',
      '1',
      '5',
      '9',
      '10',
      '10',
    ]);
  });

  it('are none, with both names, where the threshold is beyond the benchmark', () => {
    const judge = judgeBy(HOSPITAL('higher-is-better'), known);
    expect(judge('0.7', { threshold: '0.95', benchmark: '0.9' })).toMatchObject({
      scored: false,
      status: 'insufficient_data',
      reason: 'the threshold (0.95) has to be below the benchmark (0.9)',
    });
  });

  it('are no_target with the name of what is missing', () => {
    const judge = judgeBy(HOSPITAL('higher-is-better'), known);
    expect(judge('0.7', { threshold: '0.5' })).toMatchObject({
      status: 'no_target',
      reason: 'no benchmark is in force on 2026-03-01',
    });
  });
});
