import { describe, expect, it } from 'vitest';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { numberGrammar, readNumber } from '#src/domain/value/number-grammar.js';

/** The value, or the rule it broke. */
function read(text: string, locale?: string): string {
  const reading = readNumber(text, numberGrammar(locale));
  return reading.ok ? reading.value : reading.problem.rule;
}

describe('readNumber() in the machine form', () => {
  it.each([
    ['1234.5', '1234.5'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['007', '7'],
    ['0.10', '0.1'],
    ['100', '100'],
    ['.5', '0.5'],
    ['+5', '5'],
    ['\u22125', '-5'],
    ['5-', '-5'],
    ['(12.50)', '-12.5'],
    [' \u00a0\u2009\u202f12\t\n', '12'],
    ['1e-7', '0.0000001'],
    ['1E+3', '1000'],
    ['1.5e3', '1500'],
    ['-1.23456789e+20', '-123456789000000000000'],
    ['123.456e-2', '1.23456'],
    ['0e5', '0'],
    ['.5e1', '5'],
    ['1e0000003', '1000'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
  ])('reads %j as %s', (text, value) => {
    expect(read(text)).toBe(value);
  });

  it('bounds exponents at ±400', () => {
    expect(read('1e400')).toBe(`1${'0'.repeat(400)}`);
    expect(read('1e-400')).toBe(`0.${'0'.repeat(399)}1`);
    expect(read('1e401')).toBe('number_grammar');
    expect(read('1e-401')).toBe('number_grammar');
    expect(read('1e99999999999999999999')).toBe('number_grammar');
  });

  it('bounds the length at 1,000 characters', () => {
    expect(read('9'.repeat(1000))).toBe('9'.repeat(1000));
    expect(read('9'.repeat(1001))).toBe('number_grammar');
  });

  it.each(['1,234', '1,5', '1.234,56', '1,234.56', '1 234', "1'234.5", '12,34,567', '-1,234', '(1,234)', '1.234.567'])(
    'does not guess what %j means',
    (text) => {
      expect(read(text)).toBe('ambiguous_number');
    },
  );

  it('says how an ambiguous number becomes readable', () => {
    const reading = readNumber('1,234', numberGrammar(undefined));
    expect(reading.ok ? '' : reading.problem.remedy).toContain('locale: de-DE');
  });

  it.each([
    '',
    ' ',
    '0x10',
    '1_000',
    '1..2',
    '5.',
    '.',
    '-',
    '+',
    '()',
    '--5',
    '+-5',
    '-(5)',
    '(-5)',
    '- 5',
    '5 5 5',
    '1,23,4',
  ])('refuses %j', (text) => {
    expect(read(text)).toBe('number_grammar');
  });

  it.each([
    '1e',
    '1e+',
    'e5',
    '1e1.5',
    '1e5e5',
    'abc',
    '12abc',
    'true',
    '1/2',
    '1:30',
    '\u0661\u0662',
    '１２',
    '1\u200b2',
    'null',
    'n/a',
  ])('refuses %j, which only looks like a number', (text) => {
    expect(read(text)).toBe('number_grammar');
  });
});

describe('readNumber() of error tokens', () => {
  it.each([
    '#N/A',
    '#REF!',
    '#DIV/0!',
    '#VALUE!',
    '#NAME?',
    '#NUM!',
    '#NULL!',
    '#n/a',
    '#NV',
    '#BEZUG!',
    '#WERT!',
    '########',
    'NaN',
    'nan',
    'Infinity',
    '-Infinity',
    'inf',
    '+inf',
    '-INF',
    '\u2212inf',
    '∞',
    '1.#INF',
    ' #N/A ',
    'Loading...',
  ])('%j is an error and not a number', (text) => {
    expect(read(text)).toBe('error_token');
    expect(read(text, 'de-DE')).toBe('error_token');
  });

  it.each(['#5', '#', 'infinite', 'nano'])('%j is no known error, only no number', (text) => {
    expect(read(text)).toBe('number_grammar');
  });
});

describe('readNumber() in a locale', () => {
  it.each([
    ['de-DE', '1.234,50', '1234.5'],
    ['de-DE', '1234,5', '1234.5'],
    ['de-DE', '1.234', '1234'],
    ['de-DE', '-1.234.567,89', '-1234567.89'],
    ['de-DE', '1.234,50-', '-1234.5'],
    ['de-DE', '(1.234,50)', '-1234.5'],
    ['de-DE', ',5', '0.5'],
    ['en-US', '1,234.50', '1234.5'],
    ['en-US', '1234', '1234'],
    ['en-IN', '12,34,567.8', '1234567.8'],
    ['en-IN', '1,234', '1234'],
    ['fr-FR', '1 234,5', '1234.5'],
    ['fr-FR', '1\u00a0234\u00a0567', '1234567'],
    ['fr-FR', '1\u2009234,5', '1234.5'],
    ['fr-FR', '\u22121\u202f234,5', '-1234.5'],
    ['de-CH', '1\u2019234.5', '1234.5'],
    ['de-CH', "1'234'567.5", '1234567.5'],
    ['pl', '1 234,5', '1234.5'],
    ['es-ES', '1.234,5', '1234.5'],
    ['sv-SE', '\u22125,5', '-5.5'],
    ['ar-EG', '\u061c-\u0661\u066c\u0662\u0663\u0664\u066b\u0665', '-1234.5'],
    ['he', '\u200e-5', '-5'],
    ['hi-IN', '12,34,567', '1234567'],
  ])('%s reads %j as %s', (locale, text, value) => {
    expect(read(text, locale)).toBe(value);
  });

  it.each([
    // A group of two or one: an English decimal in a German column.
    ['de-DE', '1.23'],
    ['de-DE', '1.2'],
    ['de-DE', '0.234'],
    ['de-DE', '00.234'],
    ['de-DE', '1234.567'],
    ['de-DE', '1.234.56'],
    ['de-DE', '1.234.567.'],
    ['de-DE', '1.2345'],
    ['de-DE', '1,234.5'],
    ['de-DE', '1,2,3'],
    ['de-DE', '1,'],
    ['de-DE', '1..234'],
    ['de-DE', '1 234'],
    ['de-DE', '1e5'],
    ['en-US', '1,23'],
    ['en-US', '0,234'],
    ['en-US', '12,34,567'],
    ['en-US', '1.234.567'],
    ['en-IN', '123,456'],
    ['en-IN', '1,234,567'],
    ['fr-FR', '1.5'],
    ['fr-FR', '1  234'],
    ['fr-FR', '1 234\u00a0567'],
    ['fr-FR', '12 34'],
    ['de-CH', "1'234\u2019567"],
    ['de-CH', '1,5'],
    ['en-US-POSIX', '1,234'],
  ])('%s refuses %j', (locale, text) => {
    expect(read(text, locale)).toBe('number_grammar');
  });

  it.each(['12 %', '12%', '1,5‰', '12 €', '$12', 'EUR 12', '12,50 EUR', '(£5)'])(
    'refuses %j and says to bring the bare number',
    (text) => {
      const reading = readNumber(text, numberGrammar('de-DE'));
      expect(reading.ok ? undefined : reading.problem.rule).toBe('number_grammar');
      expect(reading.ok ? '' : reading.problem.remedy).toMatch(/^the bare (number|amount)/);
    },
  );

  it.each(['xx-YY', 'german', 'de_DE', '', 'de-DE-'])('is not had for the unknown locale %j', (locale) => {
    expect(() => numberGrammar(locale)).toThrow(PlumblineError);
    expect(() => numberGrammar(locale)).toThrow(`"${locale}"`);
  });
});
