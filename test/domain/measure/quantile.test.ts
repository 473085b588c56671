import { describe, expect, it } from 'vitest';
import { quantile } from '#src/domain/measure/quantile.js';
import type { PercentileMethod } from '#src/domain/measure/types.js';

const of = (values: readonly string[], p: string, method: PercentileMethod): string | undefined =>
  quantile((index) => values[index] ?? '', values.length, p, method);

const FOUR = ['1', '2', '3', '4'];

describe('quantile()', () => {
  // Known: PERCENTILE.INC of 1..4 at 0.25 is 1.75, PERCENTILE.EXC is 1.25, PERCENTILE_DISC is 1.
  it.each([
    ['linear', '25', '1.75'],
    ['exclusive', '25', '1.25'],
    ['nearest_rank', '25', '1'],
    ['linear', '0', '1'],
    ['linear', '100', '4'],
    ['nearest_rank', '0', '1'],
    ['nearest_rank', '100', '4'],
    ['nearest_rank', '25.0001', '2'],
    ['exclusive', '20', '1'],
    ['exclusive', '80', '4'],
    ['linear', '50', '2.5'],
  ] as const)('gives by %s at %s the known %s', (method, p, expected) => {
    expect(of(FOUR, p, method)).toBe(expected);
  });

  it('has by exclusive no value beyond the outermost places', () => {
    expect(of(FOUR, '19.99', 'exclusive')).toBeUndefined();
    expect(of(FOUR, '80.01', 'exclusive')).toBeUndefined();
    expect(of(['7'], '50', 'exclusive')).toBe('7');
    expect(of(['7'], '49', 'exclusive')).toBeUndefined();
  });

  it('is exact where binary fractions are not', () => {
    expect(of(['0.1', '0.3'], '50', 'linear')).toBe('0.2');
    expect(of(['12345678901234567890.01', '12345678901234567890.03'], '50', 'linear')).toBe('12345678901234567890.02');
  });

  it('keeps every digit of a value it hits, and rounds between two of them as quotients are', () => {
    const long = '0.123456789012345678901234567';
    expect(of([long], '33', 'linear')).toBe(long);
    expect(of([long, long], '33', 'linear')).toBe(long);
    expect(of(['0', long], '50', 'linear')).toBe('0.06172839450617283945');
  });
});
