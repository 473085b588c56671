import { describe, expect, it } from 'vitest';
import { outcome, value } from './formulas.js';

describe('evaluateFormula', () => {
  it.each([
    ['0.1 + 0.2', '0.3'],
    ['2 + 3 * 4', '14'],
    ['-2^2', '-4'],
    ['(-2)^2', '4'],
    ['2^3^2', '512'],
    ['2^-1', '0.5'],
    ['10 - 4 - 3', '3'],
    ['1 / 3', '0.33333333333333333333'],
    ['1 / 3 * 3', '1'],
    ['2 / 3', '0.66666666666666666667'],
    ['-2 / 3', '-0.66666666666666666667'],
    ['9007199254740993 + 0.000000000000001', '9007199254740993.000000000000001'],
    ['0 ^ 0', '1'],
    ['0 ^ 2', '0'],
    ['(-1) ^ 1000000001', '-1'],
    ['1.5 ^ 2', '2.25'],
    ['pow(2, 0.5)', '1.4142135623730950488'],
    ['sqrt(9)', '3'],
    ['sqrt(0.01)', '0.1'],
    ['root(27, 3)', '3'],
    ['root(-27, 3)', '-3'],
    ['root(8, -3)', '0.5'],
    ['27 ^ (1 / 3)', '3'],
    ['min(3, 1, 2)', '1'],
    ['max(3, 1, 2)', '3'],
    ['sum(0.1, 0.2, 0.3)', '0.6'],
    ['avg(1, 2, 2)', '1.66666666666666666667'],
    ['abs(-3.5)', '3.5'],
    ['floor(-1.5)', '-2'],
    ['ceil(-1.5)', '-1'],
    ['round(2.5)', '2'],
    ['round(2.5, 0, half_up)', '3'],
    ['round(-2.5, 0, half_up)', '-3'],
    ['round(-2.5, 0, half_down)', '-2'],
    ['round(2.345, 2)', '2.34'],
    ['round(1 / 3, 2, up)', '0.34'],
    ['round(-1 / 3, 2, floor)', '-0.34'],
    ['round(-1 / 3, 2, ceiling)', '-0.33'],
    ['round(-1 / 3, 2, down)', '-0.33'],
    ['clamp(12, 0, 10)', '10'],
    ['clamp(-1, 0, 10)', '0'],
    ['clamp(5, 10, 0)', '0'],
    ['if(0.1 + 0.2 = 0.3, 1, 2)', '1'],
    ['if(1 / 3 * 3 >= 1, 1, 2)', '1'],
    ['if(2 < 1, 1, 2)', '2'],
    ['if(2 != 2, 1, 2)', '2'],
    ['-0', '0'],
  ])('computes %s = %s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('rounds once, at the end, to twenty places, ties to even', () => {
    expect(value('0.000000000000000000005 + 0')).toBe('0');
    expect(value('0.000000000000000000015 + 0')).toBe('0.00000000000000000002');
    expect(value('a / b * 100', { a: '2', b: '3' })).toBe(value('100 * a / b', { a: '2', b: '3' }));
  });

  it('gives the exponential decay of half-lives exactly where they are whole', () => {
    const decay = '100 * pow(0.5, (x - a) / (m - a))';
    const points = ['2', '4', '3'].map((x) => value(decay, { a: '2', m: '4', x }));
    expect(points).toEqual(['100', '50', '70.71067811865475244008']);
  });

  it('names the divisor that is zero', () => {
    expect(outcome('revenue / (sites - closed)', { revenue: '1', sites: '2', closed: '2' })).toEqual({
      reason: { code: 'zero_divisor', message: 'the divisor sites - closed is 0' },
    });
  });

  it('names every absent input once, and why it is absent', () => {
    expect(outcome('a + b * c + a', { b: '2' })).toEqual({
      reason: {
        code: 'absent_input',
        message: 'a has no value: not reported; c has no value: not reported',
        inputs: ['a', 'c'],
      },
    });
  });

  it('never takes an absent input for zero, not even where zero would not matter', () => {
    expect(value('0 * a')).toBe('absent_input');
    expect(value('max(1, a)')).toBe('absent_input');
    expect(value('a ^ 0')).toBe('absent_input');
  });

  it('says that an input is absent rather than that it divides by zero', () => {
    expect(value('a + 1 / 0')).toBe('absent_input');
  });

  it.each([
    ['0 ^ -1', 'zero_divisor'],
    ['(-8) ^ (1 / 3)', 'no_real_number'],
    ['sqrt(-1)', 'no_real_number'],
    ['root(-16, 4)', 'no_real_number'],
    ['root(2, 0)', 'no_real_number'],
    ['root(2, 1.5)', 'no_real_number'],
    ['root(0, -2)', 'zero_divisor'],
    ['10 ^ 60', 'too_large'],
    ['-(10 ^ 60)', 'too_large'],
    ['10 ^ 1000000', 'too_large'],
    ['2 ^ 999999999999999999', 'too_large'],
    ['0.5 ^ -999999999999999999', 'too_large'],
    ['9 ^ 9 ^ 9 ^ 9', 'too_large'],
  ])('has no value for %s but the reason %s', (text, code) => {
    expect(value(text)).toBe(code);
  });

  it('has a value just below the limit, and 0 for what is too small for any place', () => {
    expect(value('10 ^ 60 - 1')).toBe('too_large');
    expect(value('10 ^ 59 * 9.99')).toBe(`999${'0'.repeat(57)}`);
    expect(value('0.5 ^ 999999999999999999')).toBe('0');
    expect(value('1.0000000001 ^ 10000000000')).toBe('2.71828182832313114395');
  });

  it('looks only at the side of an if that it takes', () => {
    expect(value('if(a > 0, b / a, 0)', { a: '0' })).toBe('0');
    expect(value('if(a > 0, b / a, 0)', { a: '2' })).toBe('absent_input');
    expect(value('if(b > 0, 1, 2)')).toBe('absent_input');
  });

  it('takes the first part of coalesce that has a value, whatever the others lack', () => {
    expect(value('coalesce(a, b)', { b: '2' })).toBe('2');
    expect(value('coalesce(1 / a, 7)', { a: '0' })).toBe('7');
    expect(outcome('coalesce(a, b)')).toMatchObject({ reason: { inputs: ['a', 'b'] } });
  });

  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['a + b', { a: '1', b: '2' }, ['a', 'b']],
    ['coalesce(a, 5)', {}, []],
    ['coalesce(a, b)', { a: '1', b: '2' }, ['a']],
    ['coalesce(a + b, c)', { b: '2', c: '3' }, ['c']],
    // The 0 of b is why there is 7.
    ['coalesce(a / b, 7)', { a: '1', b: '0' }, ['a', 'b']],
    ['if(b > 0, b, a)', { b: '100' }, ['b']],
    ['if(b > 0, 1, a)', { b: '-1', a: '2' }, ['b', 'a']],
  ])('tells what %s of %j is made of', (text, inputs, names) => {
    const result = outcome(text, inputs);
    expect('madeOf' in result && [...result.madeOf]).toEqual(names);
  });

  it('is no percentage where the base is not above zero, and never the plain difference instead', () => {
    const percent = (current: string, previous: string): string =>
      value('percent_change(current, previous)', { current, previous });
    expect(percent('110', '100')).toBe('10');
    expect(percent('0', '5')).toBe('-100');
    expect(percent('5', '0')).toBe('zero_divisor');
    expect(percent('5', '-5')).toBe('no_percentage');
    expect(value('change(current, previous)', { current: '5', previous: '0' })).toBe('5');
    expect(outcome('percent_change(now, before)', { now: '5', before: '0' })).toMatchObject({
      reason: { message: 'a change from before, which is 0, has no percentage' },
    });
  });
});
