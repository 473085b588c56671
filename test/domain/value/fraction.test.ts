import { describe, expect, it } from 'vitest';
import { canonical, Decimal, decimal } from '#src/domain/value/decimal.js';
import { compareFraction, compareFractions, over, quotient, roundToStep, whole } from '#src/domain/value/fraction.js';

const fraction = (numerator: string, denominator: string) => over(decimal(numerator), decimal(denominator));

describe('fractions', () => {
  it('compare without dividing', () => {
    const third = fraction('1', '3');
    expect(compareFraction(third, decimal('0.33333333333333333333'))).toBe(1);
    expect(compareFraction(third, decimal('0.33333333333333333334'))).toBe(-1);
    expect(compareFractions(third, fraction('2', '6'))).toBe(0);
    expect(compareFractions(third, fraction('-1', '-4'))).toBe(1);
  });

  it('carry their sign above the line', () => {
    expect(canonical(quotient(fraction('1', '-4')))).toBe('-0.25');
    expect(compareFraction(fraction('1', '-4'), decimal('0'))).toBe(-1);
  });
});

describe('roundToStep', () => {
  it.each([
    ['half-even', ['2', '2', '-2', '4']],
    ['half-up', ['3', '2', '-3', '4']],
    ['half-down', ['2', '2', '-2', '3']],
    ['up', ['3', '3', '-3', '4']],
    ['down', ['2', '2', '-2', '3']],
    ['ceiling', ['3', '3', '-2', '4']],
    ['floor', ['2', '2', '-3', '3']],
  ] as const)('rounds by the mode %s as the name says', (mode, expected) => {
    const values = ['2.5', '2.4', '-2.5', '3.5'];
    expect(values.map((value) => canonical(roundToStep(whole(decimal(value)), '1', mode)))).toEqual(expected);
  });

  it('rounds to steps of any size and leaves multiples alone', () => {
    expect(
      ['7', '7.5', '8.75', '10'].map((each) => canonical(roundToStep(whole(decimal(each)), '2.5', 'half-up'))),
    ).toEqual(['7.5', '7.5', '10', '10']);
    expect(canonical(roundToStep(whole(decimal('-0.1')), '0.25', 'up'))).toBe('-0.25');
  });

  it('takes a half for one only when it is exactly that', () => {
    const almost = { numerator: new Decimal('1').times('1e40').minus(1), denominator: new Decimal('2e40') };
    expect(canonical(quotient(almost))).toBe('0.5');
    expect(canonical(roundToStep(almost, '1', 'half-up'))).toBe('0');
  });
});
