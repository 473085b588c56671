import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, Decimal, decimal, divide, QUOTIENT_PLACES, roundTo } from '#src/domain/value/decimal.js';
import { anyDecimalText } from './arbitraries.js';

describe('canonical()', () => {
  it.each([
    ['1e21', '1000000000000000000000'],
    ['1e-10', '0.0000000001'],
    ['-0', '0'],
    ['0.000', '0'],
    ['1.500', '1.5'],
    ['+3', '3'],
    ['1e400', `1${'0'.repeat(400)}`],
  ])('of %s has no exponent, no trailing zeros, no sign on zero', (text, expected) => {
    expect(canonical(new Decimal(text))).toBe(expected);
  });

  it('refuses what is not a number', () => {
    expect(() => canonical(new Decimal('NaN'))).toThrow('"NaN"');
    expect(() => canonical(new Decimal(1).div(0))).toThrow('"Infinity"');
  });

  it('gives back every canonical text', () => {
    fc.assert(
      fc.property(anyDecimalText, (text) => {
        expect(canonical(decimal(text))).toBe(text);
      }),
    );
  });
});

describe('decimal()', () => {
  it.each(['', ' 1', '1.0', '01', '+1', '-0', '.5', '5.', '1e3', '1,5', '0x10', 'NaN', 'Infinity', '--1', '1\n'])(
    'refuses the text %j, which is not canonical',
    (text) => {
      expect(() => decimal(text)).toThrow('canonical');
    },
  );

  it('adds and multiplies 38 digits exactly', () => {
    const long = decimal('99999999999999999999999999999999999999');
    expect(canonical(long.times(long))).toBe(
      '9999999999999999999999999999999999999800000000000000000000000000000000000001',
    );
    expect(canonical(long.plus(decimal('0.00000000000000000000000000000000000001')))).toBe(
      '99999999999999999999999999999999999999.00000000000000000000000000000000000001',
    );
  });
});

describe('roundTo()', () => {
  it('sends ties to the even neighbour unless told otherwise', () => {
    expect(['0.5', '1.5', '2.5', '-0.5', '-1.5'].map((text) => roundTo(text, 0))).toEqual(['0', '2', '2', '0', '-2']);
    expect(['0.5', '2.5', '-2.5'].map((text) => roundTo(text, 0, 'half-up'))).toEqual(['1', '3', '-3']);
    expect(roundTo('-1.01', 0, 'floor')).toBe('-2');
    expect(roundTo('-1.99', 0, 'ceiling')).toBe('-1');
    expect(roundTo('1.25', 1, 'half-down')).toBe('1.2');
    expect(roundTo('1.21', 1, 'up')).toBe('1.3');
    expect(roundTo('1.29', 1, 'down')).toBe('1.2');
  });

  it('leaves shorter values as they are', () => {
    expect(roundTo('1.5', 4)).toBe('1.5');
  });
});

describe('divide()', () => {
  const quotient = (a: string, b: string) => canonical(divide(decimal(a), decimal(b)));

  it('has 20 places, ties to even', () => {
    expect(quotient('1', '3')).toBe('0.33333333333333333333');
    expect(quotient('2', '-3')).toBe('-0.66666666666666666667');
    expect(quotient('1', '4')).toBe('0.25');
    expect(quotient('0', '-7')).toBe('0');
    expect(quotient('0.00000000000000000001', '2')).toBe('0');
    expect(quotient('0.00000000000000000003', '2')).toBe('0.00000000000000000002');
    expect(quotient('-0.00000000000000000005', '2')).toBe('-0.00000000000000000002');
  });

  it('rounds once: just above a tie is not a tie', () => {
    // 120 digits would show the quotient as exactly half a unit in the last place.
    const a = `0.00000000000000000002${'0'.repeat(130)}2`;
    expect(quotient(a, '4')).toBe('0.00000000000000000001');
  });

  it('is exact for quotients longer than the precision', () => {
    const a = `1${'0'.repeat(150)}1`;
    expect(quotient(a, '1')).toBe(a);
  });

  it('is never more than half a unit in the last place off', () => {
    const nonZero = anyDecimalText.filter((text) => text !== '0');
    fc.assert(
      fc.property(anyDecimalText, nonZero, (a, b) => {
        const Wide = Decimal.clone({ precision: 400 });
        const off = new Wide(quotient(a, b)).times(b).minus(a).abs();
        expect(off.lte(new Wide(b).abs().times(`0.5e-${QUOTIENT_PLACES}`))).toBe(true);
      }),
    );
  });

  it('throws for a zero divisor', () => {
    expect(() => quotient('5', '0')).toThrow('cannot divide "5" by zero');
  });
});
