// The check on test names is itself shown to see what it must refuse.
import { describe, expect, it } from 'vitest';
import { testCalls } from '../support/test-names.js';

const calls = (text: string) => testCalls('seeded.test.ts', text);

describe('testCalls()', () => {
  it('joins the names of the blocks around a test', () => {
    const text = "describe('a', () => {\n  it('b', () => {});\n});\nit('b', () => {});\n";
    expect(calls(text).map(({ name, line }) => [name, line])).toEqual([
      ['a', 1],
      ['a > b', 2],
      ['b', 4],
    ]);
  });

  it.each([
    ["it.only('a', f)", ['only']],
    ["describe.skip('a', f)", ['skip']],
    ["test.concurrent.skip('a', f)", ['concurrent', 'skip']],
    ["it.only.each([1])('a', f)", ['only', 'each']],
    ["it.skipIf(true)('a', f)", ['skipIf']],
    ["it.each`x`('a', f)", ['each']],
  ])('sees the modifiers of %s', (text, modifiers) => {
    expect(calls(text)[0]?.modifiers).toEqual(modifiers);
  });

  it('does not take other calls or comments for tests', () => {
    expect(calls("// it.only('a', f)\nconst text = \"it('a', f)\";\nsubmit('a');\n")).toEqual([]);
  });
});
