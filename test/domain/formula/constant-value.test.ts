import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constantValue, neverAValue } from '#src/domain/formula/constant-value.js';
import { evaluateFormula } from '#src/domain/formula/evaluate-formula.js';
import { anyFormula, formula } from './formulas.js';

const never = (text: string): string | undefined => neverAValue(formula(text))?.message;

describe('constantValue', () => {
  it.each([
    ['-1', '-1'],
    ['1 / 2', '0.5'],
    ['-(2 + 1)', '-3'],
    ['a', undefined],
    ['0 * a', undefined],
    ['1 / 0', undefined],
  ])('of %s is %s', (text, value) => {
    expect(constantValue(formula(text))).toBe(value);
  });
});

describe('neverAValue', () => {
  it.each([
    ['1 / 0', 'the divisor 0 is 0'],
    ['a / (1 - 1)', 'the divisor 1 - 1 is 0'],
    ['a + 2 / 0', 'the divisor 0 is 0'],
    ['max(a, round(1 / 0))', 'the divisor 0 is 0'],
    ['if(a > 1 / 0, a, b)', 'the divisor 0 is 0'],
    ['if(a > 0, 1 / 0, b / 0)', 'the divisor 0 is 0'],
    ['coalesce(a / 0, 1 / 0)', 'the divisor 0 is 0'],
  ])('says why %s never has one', (text, message) => {
    expect(never(text)).toBe(message);
  });

  it('says it of roots and powers that are no real number, and of numbers that are too large', () => {
    expect(neverAValue(formula('a + sqrt(-4)'))?.code).toBe('no_real_number');
    expect(neverAValue(formula('a * 10 ^ 70'))?.code).toBe('too_large');
  });

  it.each(['a / b', 'a / (b - b)', 'if(a > 0, a, 1 / 0)', 'coalesce(1 / 0, a)', 'coalesce(1 / 0, 5)', '0 / 5 + a'])(
    'says nothing of %s',
    (text) => {
      expect(never(text)).toBeUndefined();
    },
  );

  it('is right whatever the inputs are', () => {
    const input = fc.constantFrom('0', '1', '-1', '2', '0.5', '1000');
    fc.assert(
      fc.property(anyFormula, input, input, input, (tree, a, b, c) => {
        fc.pre(neverAValue(tree) !== undefined);
        const inputs: Readonly<Record<string, string>> = { a, b, c_2: c };
        expect(evaluateFormula(tree, (name) => ({ value: inputs[name] ?? '0' }))).toHaveProperty('reason');
      }),
    );
  });
});
