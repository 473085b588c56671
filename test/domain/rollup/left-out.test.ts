import { describe, expect, it } from 'vitest';
import { leftOutWords, readLeftOut } from '#src/domain/rollup/left-out.js';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ node: `shops/s${index}/of` }));

describe('the children that a reason names', () => {
  it.each([
    ['one', [{ node: 'company/nps' }]],
    ['several', [{ node: 'of' }, { node: 'company/is' }, { node: 'shops/a/more' }]],
    ['one that is too old', [{ node: 'company/nps', tooOld: 'FY2026-Q1' }]],
    ['one that is too old between others', [{ node: 'of' }, { node: 'of', tooOld: '2026-W03' }, { node: 'and' }]],
    ['twenty', many(20)],
  ])('are read back as they were written: %s', (_what, children) => {
    expect(readLeftOut(leftOutWords(children) ?? '')).toEqual({ children, more: 0 });
  });

  it('are counted where they are more than twenty', () => {
    expect(leftOutWords(many(23))).toMatch(/^without shops\/s0\/of, .*shops\/s19\/of and 3 more$/);
    expect(readLeftOut(leftOutWords(many(23)) ?? '')).toEqual({ children: many(20), more: 3 });
  });

  it('are nothing where none is left out, and in other reasons', () => {
    expect(leftOutWords([])).toBeUndefined();
    expect(readLeftOut('no row of the source')).toBeUndefined();
  });
});
