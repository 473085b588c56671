import { describe, expect, it } from 'vitest';
import { formulaText, namesIn } from '#src/domain/formula/formula-text.js';
import { parseFormula } from '#src/domain/formula/parse-formula.js';
import type { FormulaProblem } from '#src/domain/formula/types.js';
import { formula } from './formulas.js';

function problems(text: string): readonly FormulaProblem[] {
  const reading = parseFormula(text);
  return reading.ok ? [] : reading.problems;
}

/** Where, what piece, a part of the message, a part of the remedy. */
type Row = readonly [text: string, position: number, piece: string, says: string, remedy: string];

describe('parseFormula', () => {
  it.each([
    ['a + b * c', 'a + b * c'],
    ['(a + b) * c', '(a + b) * c'],
    ['a - b - c', 'a - b - c'],
    ['a - (b - c)', 'a - (b - c)'],
    ['a / b / c', 'a / b / c'],
    ['2 ^ 3 ^ 2', '2 ^ (3 ^ 2)'],
    ['-2^2', '-(2 ^ 2)'],
    ['(-2)^2', '(-2) ^ 2'],
    ['2^-3^2', '2 ^ (-(3 ^ 2))'],
    ['2 * -x ^ 2', '2 * (-(x ^ 2))'],
    ['--x', '-(-x)'],
    ['-a * b', '(-a) * b'],
    ['((a))', 'a'],
    ['0.50', '0.5'],
    ['if((a >= b), a, b)', 'if(a >= b, a, b)'],
    ['round(a)', 'round(a, 0, half_even)'],
    ['round(a, 2, half_up)', 'round(a, 2, half_up)'],
    [' min( a,b ,\n c ) ', 'min(a, b, c)'],
  ])('reads %j as %j', (text, same) => {
    expect(formula(text)).toEqual(formula(same));
  });

  it('keeps every digit of a number', () => {
    expect(formula('0.1234567890123456789012345678901234567')).toEqual({
      kind: 'number',
      value: '0.1234567890123456789012345678901234567',
    });
    expect(formula('9007199254740993')).toEqual({ kind: 'number', value: '9007199254740993' });
  });

  it('takes words of jsep and of JavaScript for names like any other', () => {
    const text = 'this + true + null + t1 + g1 + constructor + hasOwnProperty';
    expect(namesIn(formula(text))).toEqual(['this', 'true', 'null', 't1', 'g1', 'constructor', 'hasOwnProperty']);
  });

  it('names what it refers to, each once, in the order of the text', () => {
    expect(namesIn(formula('if(b > a, round(c / b), -min(a, d))'))).toEqual(['b', 'a', 'c', 'd']);
  });

  const rows: readonly Row[] = [
    ['', 0, '', 'is empty', 'revenue - costs'],
    ['  ', 2, '', 'is empty', 'revenue - costs'],
    ['a +', 3, '', 'nothing stands behind "+"', 'a number, a name'],
    ['* a', 0, '*', 'nothing stands before "*"', 'a number'],
    ['+ a', 0, '+', 'nothing stands before "+"', 'a number'],
    ['a b', 2, 'b', 'no operator before "b"', 'put one of'],
    ['2 (a)', 2, '(', 'no operator before "("', 'put one of'],
    ['(a)(b)', 3, '(', 'no operator before "("', 'put one of'],
    ['min(a b)', 6, 'b', 'no operator before "b"', 'put one of'],
    ['min()', 4, ')', 'nothing stands behind "("', 'a number'],
    ['min(a,)', 6, ')', 'nothing stands behind ","', 'a number'],
    ['()', 1, ')', 'nothing stands', 'a number'],
    ['(a', 0, '(', 'is not closed', 'close it'],
    ['a)', 1, ')', 'closes no bracket', 'remove it'],
    ['1,500', 1, ',', 'outside a function', 'no separators'],
    ['min(1,000)', 6, '000', 'not a plain number', 'separators of thousands'],
    ['(a, b)', 2, ',', 'outside a function', 'no separators'],
    ['1e5', 0, '1e5', 'not a plain number', 'digits'],
    ['.5', 0, '.5', 'not a plain number', 'digits'],
    ['1.2.3', 0, '1.2.3', 'not a plain number', 'digits'],
    ['007', 0, '007', 'not a plain number', 'digits'],
    [`${'1'.repeat(61)} + a`, 0, '1'.repeat(61), 'too long', '60 digits'],
    ["'renewal-rate' + 1", 0, "'renewal-rate'", 'has no texts', 'renewal_rate'],
    ['`x', 0, '`x', 'has no texts', 'without quotes'],
    ['a.b', 1, '.b', 'not a plain number', 'digits'],
    ['a[0]', 1, '[', 'no meaning', 'round brackets'],
    ['a ? b', 2, '?', 'no meaning', 'write if('],
    ['a ** b', 2, '**', 'no meaning', 'write ^'],
    ['if(a == b, 1, 2)', 5, '==', 'no meaning', 'write ='],
    ['a − b', 2, '−', 'no meaning', 'write -'],
    ['50% * a', 2, '%', 'no meaning', '0.15'],
    ['größe', 0, 'größe', 'is no name', 'a to z'],
    ['a; b', 1, ';', 'no meaning', 'commas'],
    ['🙂', 0, '🙂', 'no meaning', 'use numbers'],
    ['a > b', 0, 'a', 'comparison ">" is no value', 'first part of if'],
    ['x = 3', 0, 'x', 'comparison "=" is no value', 'first part of if'],
    ['if(1 < a < 3, 1, 2)', 3, '1', 'comparison "<" is no value', 'first part of if'],
    ['if(a, 1, 2)', 3, 'a', 'compares nothing', 'write if('],
    ['if(a > b, 1)', 0, 'if', 'is given 2 parts', 'write if('],
    ['abs(a, b)', 0, 'abs', 'is given 2 parts', 'write abs(x)'],
    ['clamp(a)', 0, 'clamp', 'is given 1 part', 'clamp(x, low, high)'],
    ['min + 1', 0, 'min', 'is a function', 'min(a, b, …)'],
    ['median(a, b)', 0, 'median', 'no function "median"', 'use one of: abs, avg'],
    ['SUM(a, b)', 0, 'SUM', 'no function "SUM"', 'write sum'],
    ['constructor(a)', 0, 'constructor', 'no function', 'use one of'],
    ['round(a, b)', 9, 'b', 'no plain number', 'from 0 to 20'],
    ['round(a, 21)', 9, '21', 'no plain number', 'from 0 to 20'],
    ['round(a, 2, nearest)', 12, 'nearest', 'no such way of rounding', 'half_even'],
  ];
  it.each(rows)('refuses %j and says where and what would be right', (text, position, piece, says, remedy) => {
    const [first] = problems(text);
    expect(first).toMatchObject({ position, piece });
    expect(first?.message).toContain(says);
    expect(first?.remedy).toContain(remedy);
  });

  it('tells all words that are none at once, then all in the wrong place, then all functions used wrongly', () => {
    expect(problems('1e5 + a? - "x"').map(({ piece }) => piece)).toEqual(['1e5', '?', '"x"']);
    expect(problems('(a b + , min(').map(({ position }) => position)).toEqual([0, 3, 7, 12, 13]);
    expect(problems('foo(abs(), 1) + bar(2)').map(({ piece }) => piece)).toEqual([')']);
    expect(problems('foo(abs(1, 2), min) + if(1, 2, 3)').map(({ piece }) => piece)).toEqual(['foo', 'abs', 'min', '1']);
  });

  it('has limits of length, words and brackets, each just reached and just passed', () => {
    expect(problems(`a${' '.repeat(1999)}`)).toEqual([]);
    expect(problems(`a${' '.repeat(2000)}`)[0]?.message).toContain('longer than 2000 characters');
    const sum = (count: number): string => Array.from({ length: count }, () => 'a').join('+');
    expect(problems(`-${sum(100)}`)).toEqual([]);
    expect(problems(`--${sum(100)}`)[0]?.message).toContain('more than 200');
    const nested = (depth: number): string => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(problems(nested(30))).toEqual([]);
    expect(problems(nested(31))[0]?.message).toContain('more than 30 brackets');
  });

  it('survives the deepest texts that the limit of length lets through', () => {
    for (const text of ['('.repeat(2000), '-'.repeat(2000), 'min('.repeat(500), '2^'.repeat(1000)]) {
      expect(problems(text).length).toBeGreaterThan(0);
    }
  });
});

describe('formulaText', () => {
  it('puts brackets only where they are needed', () => {
    expect(formulaText(formula('((a) + (b * c)) - (d - e)'))).toBe('a + b * c - (d - e)');
    expect(formulaText(formula('(2 ^ 3) ^ -x'))).toBe('(2 ^ 3) ^ -x');
  });
});
