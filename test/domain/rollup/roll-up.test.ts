import { describe, expect, it } from 'vitest';
import { rollUp } from '#src/domain/rollup/roll-up.js';
import type { RollUpChild, RollUpRule } from '#src/domain/rollup/types.js';

const rule: RollUpRule = { onTrackFrom: '0.8', atRiskFrom: '0.5', minimumCoverage: '0.5', minimumChildren: 1 };

const child = (node: string, weight: string, score?: string, more: Partial<RollUpChild> = {}): RollUpChild => ({
  node,
  weight,
  status: score === undefined ? 'missing' : 'on_track',
  ...(score === undefined ? {} : { score }),
  ...more,
});

describe('rollUp', () => {
  it('is the weighted mean of the children with a score', () => {
    expect(rollUp([child('a', '2', '1'), child('b', '1', '0.4')], rule)).toEqual({
      status: 'on_track',
      score: '0.8',
      coverage: '1',
      without: [],
    });
  });

  it('renormalises weights around a missing child and says how much is covered', () => {
    expect(rollUp([child('a', '50', '0.8'), child('b', '30'), child('c', '20', '0.4')], rule)).toEqual({
      status: 'at_risk',
      score: '0.68571428571428571429',
      coverage: '0.7',
      without: ['b'],
    });
  });

  it.each([
    ['0.8', 'on_track'],
    ['0.79999999999999999999', 'at_risk'],
    ['0.5', 'at_risk'],
    ['0.49999999999999999999', 'off_track'],
    ['0', 'off_track'],
  ] as const)('takes the better status on a limit: %s is %s', (score, status) => {
    expect(rollUp([child('a', '1', score)], rule)).toMatchObject({ status, score });
  });

  it('has no score, and never 0, when no child has one', () => {
    const none = { status: 'insufficient_data', coverage: '0' };
    expect(rollUp([], rule)).toEqual({ ...none, without: [] });
    expect(rollUp([child('a', '1'), child('b', '1')], rule)).toEqual({ ...none, without: ['a', 'b'] });
    const lax = { ...rule, minimumCoverage: '0', minimumChildren: 0 };
    expect(rollUp([child('a', '1')], lax)).toEqual({ ...none, without: ['a'] });
  });

  it('has no score when nothing weighs', () => {
    expect(rollUp([child('a', '0', '0.9')], rule)).toEqual({ status: 'insufficient_data', coverage: '0', without: [] });
    expect(rollUp([child('a', '0', '0.9'), child('b', '1')], { ...rule, minimumCoverage: '0' }).status).toBe(
      'insufficient_data',
    );
  });

  it('has no score under the minimum coverage, and has one on it', () => {
    const half = [child('a', '1', '0.9'), child('b', '1')];
    expect(rollUp(half, rule)).toMatchObject({ status: 'on_track', coverage: '0.5' });
    const less = rollUp(half, { ...rule, minimumCoverage: '0.51' });
    expect(less).toEqual({ status: 'insufficient_data', coverage: '0.5', without: ['b'] });
  });

  it('compares coverage with its minimum before rounding', () => {
    const third = [child('a', '1', '0.9'), child('b', '2')];
    expect(rollUp(third, { ...rule, minimumCoverage: '0.333333333333333333333' }).status).toBe('on_track');
  });

  it('has no score with fewer scored children than the minimum', () => {
    const children = [child('a', '3', '0.9'), child('b', '1'), child('c', '0', '1')];
    expect(rollUp(children, { ...rule, minimumChildren: 2 }).status).toBe('insufficient_data');
  });

  it('carries the coverage of children up', () => {
    const children = [child('a', '1', '1', { coverage: '0.5' }), child('b', '1', '1', { coverage: '0.75' })];
    expect(rollUp(children, rule).coverage).toBe('0.625');
  });

  it('counts no coverage for a child without a score, whatever lies below it', () => {
    const thin = child('b', '1', undefined, { status: 'insufficient_data', coverage: '0.4' });
    expect(rollUp([child('a', '1', '1'), thin], rule)).toMatchObject({ coverage: '0.5', without: ['b'] });
  });

  it('leaves out children that are not scored by definition', () => {
    const shown = child('headcount', '5', undefined, { status: 'unscored' });
    expect(rollUp([child('a', '1', '0.9'), shown], rule)).toEqual({
      status: 'on_track',
      score: '0.9',
      coverage: '1',
      without: [],
    });
  });

  it('is unscored where no child is to be scored, so that a node above leaves it out as well', () => {
    const shown = child('headcount', '5', undefined, { status: 'unscored' });
    expect(rollUp([shown], rule)).toEqual({ status: 'unscored', coverage: '0', without: [] });
    expect(rollUp([], rule).status).toBe('insufficient_data');
  });

  it('is as old as the oldest actual that entered', () => {
    const children = [
      child('a', '1', '1', { oldestData: '2026-03-31' }),
      child('b', '1', '1', { oldestData: '2026-02-28' }),
      child('c', '1', undefined, { oldestData: '2025-01-31' }),
      child('d', '1', '1'),
    ];
    expect(rollUp(children, rule).oldestData).toBe('2026-02-28');
  });
});
