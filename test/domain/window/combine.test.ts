import { describe, expect, it } from 'vitest';
import { combinationOf, combine } from '#src/domain/window/combine.js';
import type { Combination } from '#src/domain/window/types.js';

const daily = ['5', '9', '14'].map((value) => ({ value }));

describe('combine', () => {
  it.each([
    ['sum', '28'],
    ['min', '5'],
    ['max', '14'],
    ['first', '5'],
    ['last', '14'],
    ['mean', '9.33333333333333333333'],
  ] as const)('makes the %s of a month to date by day', (combination, value) => {
    expect(combine(combination, daily)).toEqual({ value });
  });

  it('takes the last of what is cumulative, unless another is asked for', () => {
    expect(combinationOf('last')).toBe('last');
    expect(combinationOf('snapshot')).toBe('last');
  });

  it('divides sums where ratios meet, and is not their mean', () => {
    const parts = [
      { value: '50', numerator: '2', denominator: '4' },
      { value: '2', numerator: '2', denominator: '100' },
    ];
    expect(combine('ratio', parts, '100')).toEqual({
      value: '3.846153846153846154',
      numerator: '4',
      denominator: '104',
    });
  });

  it('lets a period without cases enter a ratio without changing it', () => {
    const parts = [
      { value: '0.5', numerator: '2', denominator: '4' },
      { numerator: '0', denominator: '0' },
    ];
    expect(combine('ratio', parts)).toEqual({ value: '0.5', numerator: '2', denominator: '4' });
  });

  it('keeps the sides of a ratio without cases, which has no value', () => {
    const parts = [
      { numerator: '1', denominator: '2' },
      { numerator: '3', denominator: '-2' },
    ];
    expect(combine('ratio', parts)).toEqual({ numerator: '4', denominator: '0' });
  });

  it.each<readonly [Combination, readonly { value?: string; numerator?: string; denominator?: string }[], string]>([
    ['none', daily, 'not_combinable'],
    ['sum', [], 'absent_input'],
    ['ratio', [], 'absent_input'],
    ['ratio', daily, 'not_combinable'],
  ])('has no value for %s of %j but the reason %s', (combination, parts, code) => {
    expect(combine(combination, parts)).toMatchObject({ code });
  });
});

describe('combinationOf', () => {
  it('adds sums and counts, divides sums for averages and ratios, and cannot combine what needs the rows', () => {
    expect(['sum', 'count', 'avg', 'ratio', 'median', 'percentile', 'distinct'].map(combinationOf)).toEqual([
      'sum',
      'sum',
      'ratio',
      'ratio',
      'none',
      'none',
      'none',
    ]);
  });
});
