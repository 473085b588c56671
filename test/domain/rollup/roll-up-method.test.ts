import { describe, expect, it } from 'vitest';
import { rollUp } from '#src/domain/rollup/roll-up.js';
import { checkRollUpBands } from '#src/domain/rollup/roll-up-bands.js';
import type { RollUpBand, RollUpChild, RollUpMethod, RollUpRule } from '#src/domain/rollup/types.js';
import type { Status } from '#src/domain/score/types.js';

const base: RollUpRule = { onTrackFrom: '0.8', atRiskFrom: '0.5', minimumCoverage: '0.5', minimumChildren: 1 };

const rule = (method: RollUpMethod, more: Partial<RollUpRule> = {}): RollUpRule => ({ ...base, method, ...more });

const child = (node: string, weight: string, score: string, status: Status = 'on_track'): RollUpChild => ({
  node,
  weight,
  score,
  status,
});
const missing = (node: string, weight: string): RollUpChild => ({ node, weight, status: 'missing' });

const mixed = [
  child('a', '3', '0.9', 'on_track'),
  child('b', '1', '0.6', 'at_risk'),
  child('c', '1', '0.2', 'off_track'),
  child('d', '2', '0.4', 'off_track'),
];

describe('worst and best', () => {
  it('take the status of a child and the score that is furthest that way', () => {
    expect(rollUp(mixed, rule({ kind: 'worst' }))).toMatchObject({ status: 'off_track', score: '0.2' });
    expect(rollUp(mixed, rule({ kind: 'best' }))).toMatchObject({ status: 'on_track', score: '0.9' });
  });

  it('go by status first, since children may have bands of their own', () => {
    const odd = [child('a', '1', '0.3', 'on_track'), child('b', '1', '0.7', 'off_track')];
    expect(rollUp(odd, rule({ kind: 'worst' }))).toMatchObject({ status: 'off_track', score: '0.7' });
  });

  it('never take a missing child for the worst', () => {
    const some = [child('a', '1', '0.9'), missing('b', '1')];
    expect(rollUp(some, rule({ kind: 'worst' }))).toMatchObject({ status: 'on_track', without: ['b'] });
    expect(rollUp([missing('b', '1')], rule({ kind: 'worst' })).status).toBe('insufficient_data');
  });

  it('are as old as the child they took', () => {
    const dated = mixed.map((each, index) => ({ ...each, oldestData: `2026-0${index + 1}-28` }));
    expect(rollUp(dated, rule({ kind: 'worst' })).oldestData).toBe('2026-03-28');
  });
});

describe('most frequent', () => {
  const halves = [
    child('a', '1', '0.9', 'on_track'),
    child('b', '1', '0.9', 'on_track'),
    child('c', '1', '0.1', 'off_track'),
    child('d', '1', '0.1', 'off_track'),
  ];

  it.each([
    ['worst', 'off_track', '0.1'],
    ['best', 'on_track', '0.9'],
  ] as const)('breaks a tie towards the %s', (ties, status, score) => {
    expect(rollUp(halves, rule({ kind: 'most_frequent', ties }))).toMatchObject({ status, score });
  });

  it('counts children and not weights, and takes the mean of those that have the status', () => {
    expect(rollUp(mixed, rule({ kind: 'most_frequent', ties: 'best' }))).toMatchObject({
      status: 'off_track',
      score: '0.33333333333333333333',
    });
  });
});

describe('best of', () => {
  it('is the weighted mean of the n best', () => {
    expect(rollUp(mixed, rule({ kind: 'best_of', count: 2 })).score).toBe('0.825');
    expect(rollUp(mixed, rule({ kind: 'best_of', count: 1 })).score).toBe('0.9');
  });

  it('takes all where there are fewer, and counts coverage over all children', () => {
    const some = [child('a', '1', '0.8'), missing('b', '1')];
    expect(rollUp(some, rule({ kind: 'best_of', count: 5 }))).toMatchObject({ score: '0.8', coverage: '0.5' });
  });

  it('takes the greater weight of two equal scores at the cut, whatever their order', () => {
    const cut = [child('a', '1', '1'), child('b', '1', '0.5'), child('c', '3', '0.5')];
    expect(rollUp(cut, rule({ kind: 'best_of', count: 2 })).score).toBe('0.625');
    expect(rollUp(cut.toReversed(), rule({ kind: 'best_of', count: 2 })).score).toBe('0.625');
  });
});

describe('sum of points', () => {
  const points = rule({ kind: 'sum_of_points' });

  it('keeps the sum and what was possible for the children with a score', () => {
    expect(rollUp([child('a', '60', '0.5'), child('b', '30', '1'), missing('c', '10')], points)).toEqual({
      status: 'at_risk',
      score: '0.66666666666666666667',
      points: '60',
      possible: '90',
      coverage: '0.9',
      without: ['c'],
    });
  });

  it('takes the weight of a missing child off a declared total, so that it never counts as 0 points', () => {
    const declared = rule({ kind: 'sum_of_points', possible: '200' });
    const both = [child('a', '100', '0.9'), missing('b', '50')];
    expect(rollUp(both, declared)).toMatchObject({ points: '90', possible: '150', score: '0.6' });
  });

  it('is insufficient data when no points were possible', () => {
    const small = rule({ kind: 'sum_of_points', possible: '50' });
    expect(rollUp([child('a', '50', '1'), missing('b', '50')], small)).toEqual({
      status: 'insufficient_data',
      coverage: '0.5',
      without: ['b'],
    });
  });

  it('adds what was more than reached when the rule lets it, and holds the score to 1', () => {
    const over = { ...child('a', '60', '1'), unclamped: '1.2' };
    const bands: readonly RollUpBand[] = [
      { from: '90', status: 'on_track' },
      { from: '70', status: 'at_risk' },
      { status: 'off_track' },
    ];
    const held = rule({ kind: 'sum_of_points' }, { unclamped: true, bands, bandsOn: 'points' });
    expect(rollUp([over, child('b', '40', '0.8225')], held)).toMatchObject({
      status: 'on_track',
      points: '104.9',
      possible: '100',
      score: '1',
      unclamped: '1.049',
    });
    expect(rollUp([over, child('b', '40', '0.8225')], points)).toMatchObject({ points: '92.9', score: '0.929' });
  });
});

describe('rounding', () => {
  it('rounds children before they enter, and then the result', () => {
    const some = ['0.90909090909090909091', '0.99', '1', '0.68181818181818181818'].map((score, index) =>
      child(String(index), '1', score),
    );
    const floored = { ...base, roundChildren: { mode: 'floor' as const, step: '0.01' } };
    expect(rollUp(some, floored)).toMatchObject({ score: '0.8925' });
    expect(rollUp(some, { ...floored, round: { mode: 'half-up', step: '0.01' } })).toMatchObject({
      score: '0.89',
      unrounded: '0.8925',
    });
  });

  it('decides the status by the rounded score', () => {
    const round = { mode: 'half-up' as const, step: '0.01' };
    expect(rollUp([child('a', '1', '0.795')], { ...base, round })).toMatchObject({
      status: 'on_track',
      score: '0.8',
      unrounded: '0.795',
    });
    expect(rollUp([child('a', '1', '0.795')], base).status).toBe('at_risk');
  });

  it('rounds a tie exactly, where floats would not', () => {
    const round = { mode: 'half-even' as const, step: '0.05' };
    expect(rollUp([child('a', '1', '0.775')], { ...base, round }).score).toBe('0.8');
    expect(rollUp([child('a', '1', '0.725')], { ...base, round }).score).toBe('0.7');
  });
});

describe('bands of a node', () => {
  const stars: readonly RollUpBand[] = [
    { from: '0.9', status: 'on_track', label: '5 stars' },
    { from: '0.7', status: 'on_track', label: '4 stars' },
    { from: '0.5', status: 'at_risk', label: '3 stars' },
    { status: 'off_track', label: '2 stars' },
  ];

  it.each([
    ['1', 'on_track', '5 stars'],
    ['0.9', 'on_track', '5 stars'],
    ['0.89999999999999999999', 'on_track', '4 stars'],
    ['0.5', 'at_risk', '3 stars'],
    ['0', 'off_track', '2 stars'],
  ] as const)('give %s the status %s and the label %s', (score, status, band) => {
    expect(rollUp([child('a', '1', score)], { ...base, bands: stars })).toMatchObject({ status, band });
  });

  it('give no label where there is no score', () => {
    expect(rollUp([missing('a', '1')], { ...base, bands: stars })).not.toHaveProperty('band');
  });

  it('have no fault when they descend and end without a from', () => {
    expect(checkRollUpBands(stars)).toEqual([]);
  });

  it.each<[string, readonly RollUpBand[], number]>([
    [
      'nothing holds below 0.2',
      [
        { from: '0.9', status: 'on_track' },
        { from: '0.2', status: 'at_risk' },
      ],
      1,
    ],
    ['takes every value', [{ status: 'on_track' }, { status: 'at_risk' }], 0],
    [
      'stands after the one from 0.5',
      [{ from: '0.5', status: 'on_track' }, { from: '0.5', status: 'at_risk' }, { status: 'off_track' }],
      1,
    ],
    ['on_track is better than at_risk', [{ from: '0.5', status: 'at_risk' }, { status: 'on_track' }], 1],
  ])('are told to have a fault: %s', (says, bands, index) => {
    expect(checkRollUpBands(bands)).toMatchObject([{ index, message: expect.stringContaining(says) }]);
  });
});
