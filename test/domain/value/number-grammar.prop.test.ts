import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDecimal } from '#src/domain/value/format-number.js';
import { numberGrammar, readNumber } from '#src/domain/value/number-grammar.js';
import { anyDecimalText, anyText } from './arbitraries.js';

const LOCALES = [
  'de-DE',
  'fr-FR',
  'de-CH',
  'en-IN',
  'en-US',
  'es-ES',
  'pt-PT',
  'sv-SE',
  'ar-EG',
  'fa-IR',
  'he',
  'bn-BD',
];
const grammars = new Map(LOCALES.map((locale) => [locale, numberGrammar(locale)]));
const machine = numberGrammar(undefined);

describe('what a locale prints, its grammar reads', () => {
  it.each([...grammars])('in %s, for decimals of up to 38 digits', (locale, grammar) => {
    fc.assert(
      fc.property(anyDecimalText, (value) => {
        expect(readNumber(formatDecimal(value, 40, locale), grammar)).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('the machine form', () => {
  it('reads canonical text as itself', () => {
    fc.assert(
      fc.property(anyDecimalText, (value) => {
        expect(readNumber(value, machine)).toEqual({ ok: true, value });
      }),
    );
  });

  it('reads the numbers JavaScript prints, exponents and all', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const reading = readNumber(String(value), machine);
        expect(reading.ok ? Number(reading.value) : reading.problem).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('any text', () => {
  it('gives a value that reads as itself, or a problem in words', () => {
    const anyGrammar = fc.constantFrom(machine, ...grammars.values());
    fc.assert(
      fc.property(anyText, anyGrammar, (text, grammar) => {
        const reading = readNumber(text, grammar);
        if (reading.ok) expect(readNumber(reading.value, machine)).toEqual(reading);
        else expect(reading.problem.message.length * reading.problem.remedy.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });
});
