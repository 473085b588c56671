import { describe, expect, it } from 'vitest';
import { numberGrammar, readNumber } from '#src/domain/value/number-grammar.js';
import type { NumberMarks } from '#src/domain/value/number-marks.js';

function read(text: string, marks: NumberMarks, locale?: string): string {
  const reading = readNumber(text, numberGrammar(locale, marks));
  return reading.ok ? reading.value : reading.problem.rule;
}

describe('percent signs', () => {
  it.each([
    ['12 %', '12', '0.12'],
    ['12%', '12', '0.12'],
    ['-0.5 %', '-0.5', '-0.005'],
    ['0.5 %-', '-0.5', '-0.005'],
    ['(12 %)', '-12', '-0.12'],
    ['(12) %', '-12', '-0.12'],
    ['% 12', '12', '0.12'],
    ['−12\u202f%', '-12', '-0.12'],
    ['150%', '150', '1.5'],
    ['0.00%', '0', '0'],
    ['12 ‰', '1.2', '0.012'],
    ['1234567890123456789012345.678901 %', '1234567890123456789012345.678901', '12345678901234567890123.45678901'],
  ])('%j is %s in points and %s as a fraction', (text, points, fraction) => {
    expect(read(text, { percent: 'points' })).toBe(points);
    expect(read(text, { percent: 'fraction' })).toBe(fraction);
  });

  it('may be missing in points, and never from a fraction: it could be either', () => {
    for (const text of ['12', '0.12', '(12)', '0']) {
      expect(read(text, { percent: 'points' }), text).not.toMatch(/[a-z]/);
      expect(read(text, { percent: 'fraction' }), text).toBe('ambiguous_number');
      expect(read(text.replace('.', ','), { percent: 'fraction' }, 'de-DE'), text).toBe('ambiguous_number');
    }
  });

  it.each([
    '12 %%',
    '%12%',
    '12 % ‰',
    '1 2 %',
    '%',
    ' %',
    '12 k%',
    '12 €%',
    '- 12 %',
    '12  5 %',
    '1e2 %',
    '12 % x',
    '12 /%',
  ])('of %j make no number', (text) => {
    expect(read(text, { percent: 'points', magnitudes: true, currency: 'EUR' })).toBe('number_grammar');
  });

  it('stand with separators of the locale', () => {
    expect(read('1.234,5 %', { percent: 'points' }, 'de-DE')).toBe('1234.5');
    expect(read('1,5 %', { percent: 'points' }, 'en-US')).toBe('number_grammar');
    expect(read('1,234 %', { percent: 'points' })).toBe('number_grammar');
  });
});

describe('a currency', () => {
  it.each([
    ['€ 12.50', '12.5'],
    ['€12.50', '12.5'],
    ['12.50 €', '12.5'],
    ['EUR 12.50', '12.5'],
    ['12.50EUR', '12.5'],
    ['-€12.50', '-12.5'],
    ['€-12.50', '-12.5'],
    ['€ -12.50', '-12.5'],
    ['-12.50 €', '-12.5'],
    ['12.50- €', '-12.5'],
    ['12.50 €-', '-12.5'],
    ['(€12.50)', '-12.5'],
    ['€(12.50)', '-12.5'],
    ['(12.50 €)', '-12.5'],
    ['+€12.50', '12.5'],
    ['12.50', '12.5'],
  ])('reads %j', (text, value) => {
    expect(read(text, { currency: 'EUR' })).toBe(value);
  });

  it.each([
    '$12',
    'USD 12',
    '12 £',
    '€12 EUR',
    '€',
    '-€-12',
    '(€-12)',
    '(€12',
    '€12)',
    '- 12 €',
    '12 € +',
    'eur 12',
    '12 €x',
    'EUR',
  ])('of another kind, twice or half written is no number: %j', (text) => {
    expect(read(text, { currency: 'EUR' })).toBe('number_grammar');
  });

  it('says which one the column holds', () => {
    const reading = readNumber('$12', numberGrammar('de-DE', { currency: 'EUR' }));
    expect(reading.ok ? '' : reading.problem.message).toContain('EUR');
  });

  it('has the symbol of the locale: a dollar sign is not every dollar', () => {
    expect(read('$12', { currency: 'CAD' }, 'en-CA')).toBe('12');
    expect(read('$12', { currency: 'CAD' }, 'en-US')).toBe('number_grammar');
    expect(read('$12', { currency: 'CAD' })).toBe('number_grammar');
    expect(read('12,50 zł', { currency: 'PLN' }, 'pl-PL')).toBe('12.5');
    expect(read('12,50 kr.', { currency: 'DKK' }, 'da-DK')).toBe('12.5');
    expect(read('CHF 1’234.50', { currency: 'CHF' }, 'de-CH')).toBe('1234.5');
    // Where amounts are grouped otherwise than numbers: only those with the mark are read so.
    expect(read('12.50 CHF', { currency: 'CHF' }, 'fr-CH')).toBe('12.5');
    expect(read('12.50', { currency: 'CHF' }, 'fr-CH')).toBe('number_grammar');
    expect(read('€ 1.000', { currency: 'EUR' }, 'de-AT')).toBe('1000');
    expect(read('1.000', { currency: 'EUR' }, 'de-AT')).toBe('number_grammar');
    expect(read('₹12,34,567.50', { currency: 'INR' }, 'en-IN')).toBe('1234567.5');
  });

  it.each(['QQQ', 'euro', '€', ''])('%j is refused before the first cell', (currency) => {
    expect(() => numberGrammar(undefined, { currency })).toThrow(`"${currency}"`);
  });
});

describe('magnitudes', () => {
  it.each([
    ['1.5k', '1500'],
    ['1.5 K', '1500'],
    ['12M', '12000000'],
    ['0.000001 M', '1'],
    ['0.0000001 Mio.', '0.1'],
    ['-3 Mio', '-3000000'],
    ['2bn', '2000000000'],
    ['2 B', '2000000000'],
    ['(2.5 Mrd.)', '-2500000000'],
    ['0k', '0'],
    ['123456789012345678901234567890.123k', '123456789012345678901234567890123'],
    ['7', '7'],
  ])('%j is %s, exactly', (text, value) => {
    expect(read(text, { magnitudes: true })).toBe(value);
  });

  it.each(['12m', '12 mn', '12 T', '12kk', 'k12', '12 k M', '1e3k', '12 BN', '12 mio', 'k'])(
    '%j is no number',
    (text) => {
      expect(read(text, { magnitudes: true })).toBe('number_grammar');
    },
  );

  it('stand between number and currency', () => {
    const marks: NumberMarks = { magnitudes: true, currency: 'EUR' };
    expect(read('€1.5M', marks)).toBe('1500000');
    expect(read('1.5 M€', marks)).toBe('1500000');
    expect(read('1,5 Mio. €', marks, 'de-DE')).toBe('1500000');
    expect(read('1.5 €M', marks)).toBe('number_grammar');
    expect(read('12 k', { currency: 'EUR' })).toBe('number_grammar');
  });
});
