import { describe, expect, it } from 'vitest';
import type { ScoreMap } from '#src/domain/score/types.js';
import { decimal } from '#src/domain/value/decimal.js';
import { scoreAt } from './score-at.js';

const map = (...knots: readonly (readonly [string, string])[]): ScoreMap => ({
  basis: 'value',
  knots: knots.map(([at, score]) => ({ at, score })),
});
const scores = (by: ScoreMap, values: readonly string[]): readonly string[] =>
  values.map((value) => scoreAt(by, decimal(value)).score);

describe('scoreAt', () => {
  it('draws straight lines between knots and is constant outside', () => {
    const by = map(['0', '0'], ['50', '0.8'], ['100', '1']);
    expect(scores(by, ['-10', '0', '25', '50', '75', '100', '200'])).toEqual(['0', '0', '0.4', '0.8', '0.9', '1', '1']);
  });

  it('carries the outer lines on in the unclamped score', () => {
    const by = map(['0', '0'], ['50', '0.8'], ['100', '1']);
    expect(scoreAt(by, decimal('-25'))).toEqual({ score: '0', unclamped: '-0.4' });
    expect(scoreAt(by, decimal('150'))).toEqual({ score: '1', unclamped: '1.2' });
    expect(scoreAt(by, decimal('75'))).toEqual({ score: '0.9', unclamped: '0.9' });
  });

  it('falls where the knots fall', () => {
    const by = map(['20', '1'], ['80', '0']);
    expect(scores(by, ['10', '20', '50', '80', '90'])).toEqual(['1', '1', '0.5', '0', '0']);
    expect(scoreAt(by, decimal('5')).unclamped).toBe('1.25');
  });

  it('gives the score of a knot exactly, where lines have no exact steps', () => {
    const by = map(['0', '0'], ['0.3', '0.1'], ['1', '1']);
    expect(scores(by, ['0.1', '0.3', '1'])).toEqual(['0.03333333333333333333', '0.1', '1']);
  });

  it('is constant with one knot', () => {
    expect(scoreAt(map(['5', '0.7']), decimal('-3'))).toEqual({ score: '0.7', unclamped: '0.7' });
    expect(scoreAt(map(['5', '0.7']), decimal('9'))).toEqual({ score: '0.7', unclamped: '0.7' });
  });

  it('takes the later of two knots at one place', () => {
    const jump = map(['0', '0'], ['10', '0.2'], ['10', '0.9'], ['20', '1']);
    expect(scores(jump, ['5', '10', '15'])).toEqual(['0.1', '0.9', '0.95']);
    expect(scoreAt(map(['0', '0'], ['0', '1']), decimal('4'))).toEqual({ score: '1', unclamped: '1' });
  });

  it('throws a defect for a map without knots', () => {
    expect(() => scoreAt(map(), decimal('1'))).toThrow(expect.objectContaining({ code: 'BUG_EMPTY_SCORE_MAP' }));
  });

  it('spells goal and red flag as three points of ten', () => {
    const goalAndRedFlag = map(['300', '0'], ['900', '1']);
    expect(scores(goalAndRedFlag, ['100', '300', '600', '900', '1000'])).toEqual(['0', '0', '0.5', '1', '1']);
    expect(scores(goalAndRedFlag, ['500', '700'])).toEqual(['0.33333333333333333333', '0.66666666666666666667']);
  });

  it('measures progress between two ends, rising or falling', () => {
    expect(scores(map(['0', '0'], ['100', '1']), ['16'])).toEqual(['0.16']);
    expect(scores(map(['0', '0'], ['200', '1']), ['50'])).toEqual(['0.25']);
    expect(scores(map(['20', '1'], ['80', '0']), ['50'])).toEqual(['0.5']);
    expect(scores(map(['50', '0'], ['100', '1']), ['75'])).toEqual(['0.5']);
  });
});
