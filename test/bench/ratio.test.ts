import { describe, expect, it } from 'vitest';
import { alternate } from '../../bench/measuring/alternate.js';
import { compare, median } from '../../bench/measuring/ratio.js';

describe('median()', () => {
  it('is the middle value, in whatever order they come', () => {
    expect(median([30, 10, 20])).toBe(20);
  });

  it('is the mean of the middle two of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  it('orders numbers as numbers, not as texts', () => {
    expect(median([9, 10, 100])).toBe(10);
  });

  it('throws when there is nothing to take it of', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('compare()', () => {
  it('takes the median of the ratios of the pairs, not the ratio of the medians', () => {
    expect(compare([2, 20, 6], [1, 5, 6])).toEqual({ ours: 6, peer: 5, ratio: 2, lowest: 1, highest: 4 });
  });

  it('throws when a value has no partner', () => {
    expect(() => compare([1, 2], [1])).toThrow('cannot be paired');
  });

  it.each([0, Number.NaN, -1])('throws when a peer took %d', (peer) => {
    expect(() => compare([1], [peer])).toThrow('no ratio');
  });

  it('throws when nothing was measured', () => {
    expect(() => compare([], [])).toThrow(RangeError);
  });
});

describe('alternate()', () => {
  it('takes turns, and drops the warm-ups', async () => {
    const order: string[] = [];
    let count = 0;
    const thing = (name: string) => async () => {
      order.push(name);
      return ++count;
    };
    const kept = await alternate([thing('a'), thing('b')], { rounds: 2, warmUps: 1 });
    expect(order.join('')).toBe('ababab');
    expect(kept).toEqual([
      [3, 5],
      [4, 6],
    ]);
  });
});
