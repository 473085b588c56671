import { describe, expect, it } from 'vitest';
import { leftOutOf, leftOutWords } from '#src/domain/rollup/left-out.js';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ node: `shops/s${index}` }));

describe('the children that a score is made without', () => {
  it('are nothing where none is', () => {
    expect(leftOutOf([])).toBeUndefined();
  });

  it('are named with the period of a value that is too old, and nothing else of them', () => {
    const children = [{ node: 'a/b' }, { node: 'a/c', tooOld: '2026-01', weight: '2' }];
    const left = leftOutOf(children);
    expect(left).toEqual({ children: [{ node: 'a/b' }, { node: 'a/c', tooOld: '2026-01' }], more: 0 });
    expect(left && leftOutWords(left)).toBe('without a/b, a/c (its last value, of 2026-01, is too old)');
  });

  it('are the first twenty of many, with how many more there are', () => {
    const left = leftOutOf(many(23));
    expect(left).toEqual({ children: many(20), more: 3 });
    expect(left && leftOutWords(left)).toMatch(/, shops\/s19 and 3 more$/);
  });
});
