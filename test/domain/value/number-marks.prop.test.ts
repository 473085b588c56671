// What Intl prints in a locale, the grammar of that locale reads back, digit for digit: over decimals as texts, which Intl
// formats exactly.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '#src/domain/value/decimal.js';
import { formatDecimal } from '#src/domain/value/format-number.js';
import { numberGrammar, readNumber } from '#src/domain/value/number-grammar.js';
import { anyDecimalText, anyText } from './arbitraries.js';

const CURRENCIES = {
  'ar-EG': 'EGP',
  'bn-BD': 'BDT',
  'cs-CZ': 'CZK',
  'da-DK': 'DKK',
  'de-AT': 'EUR',
  'de-CH': 'CHF',
  'de-DE': 'EUR',
  'el-GR': 'EUR',
  'en-CA': 'CAD',
  'en-GB': 'GBP',
  'en-IN': 'INR',
  'en-US': 'USD',
  'en-ZA': 'ZAR',
  'es-ES': 'EUR',
  'es-MX': 'MXN',
  'fi-FI': 'EUR',
  'fr-CA': 'CAD',
  'fr-FR': 'EUR',
  'he-IL': 'ILS',
  'hi-IN': 'INR',
  'hu-HU': 'HUF',
  'it-IT': 'EUR',
  'ja-JP': 'JPY',
  'nb-NO': 'NOK',
  'nl-NL': 'EUR',
  'pl-PL': 'PLN',
  'pt-BR': 'BRL',
  'ru-RU': 'RUB',
  'sv-SE': 'SEK',
  'tr-TR': 'TRY',
  'uk-UA': 'UAH',
  'zh-CN': 'CNY',
} as const;
const locales = Object.entries(CURRENCIES);

/** Decimals of up to 14 digits and 6 places: within what Intl rounds nothing of, as a double too. */
const anyAmount = fc
  .tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([units, places]) => new Decimal(units).div(new Decimal(10).pow(places)).toFixed());

describe.each(locales)('in %s', (locale, currency) => {
  it('plain numbers of up to 38 digits read as they were printed', () => {
    const grammar = numberGrammar(locale);
    fc.assert(
      fc.property(anyDecimalText, (value) => {
        expect(readNumber(formatDecimal(value, 40, locale), grammar)).toEqual({ ok: true, value });
      }),
      { numRuns: 50 },
    );
  });

  it('percentages read as points and as fractions', () => {
    const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 6 });
    const points = numberGrammar(locale, { percent: 'points' });
    const fraction = numberGrammar(locale, { percent: 'fraction' });
    fc.assert(
      fc.property(anyAmount, (amount) => {
        const ratio = new Decimal(amount).div(100);
        const text = format.format(ratio.toNumber());
        expect([text, readNumber(text, points)]).toEqual([
          text,
          { ok: true, value: new Decimal(amount).toFixed().replace(/^-0$/, '0') },
        ]);
        expect([text, readNumber(text, fraction)]).toEqual([
          text,
          { ok: true, value: ratio.toFixed().replace(/^-0$/, '0') },
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['standard', 'accounting'] as const)(
    'amounts with the currency read, its sign in %s form',
    (currencySign) => {
      const grammar = numberGrammar(locale, { currency });
      const value = fc.tuple(anyAmount, fc.constantFrom('symbol' as const, 'code' as const));
      fc.assert(
        fc.property(value, ([amount, currencyDisplay]) => {
          const format = new Intl.NumberFormat(locale, {
            style: 'currency',
            currency,
            currencyDisplay,
            currencySign,
            minimumFractionDigits: 0,
            maximumFractionDigits: 6,
          });
          const text = format.format(new Decimal(amount).toNumber());
          expect([text, readNumber(text, grammar)]).toEqual([text, { ok: true, value: amount.replace(/^-0$/, '0') }]);
        }),
        { numRuns: 50 },
      );
    },
  );
});

describe('any text in a column with marks', () => {
  it('gives a value that reads as itself in machine form, or a problem in words', () => {
    const machine = numberGrammar(undefined);
    const grammars = locales.flatMap(([locale, currency]) => [
      numberGrammar(locale, { currency, magnitudes: true }),
      numberGrammar(locale, { percent: 'fraction' }),
    ]);
    const nearly = fc.string({ unit: fc.constantFrom(...'012.,-+()%‰kMBn€$EUR \u00a0\u2212'), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(nearly, anyText), fc.constantFrom(...grammars), (text, grammar) => {
        const reading = readNumber(text, grammar);
        if (reading.ok) expect(readNumber(reading.value, machine)).toEqual(reading);
        else expect(reading.problem.message.length * reading.problem.remedy.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('means the same with one mark more, moved by as many places', () => {
    const grammar = numberGrammar(undefined, { magnitudes: true });
    fc.assert(
      fc.property(anyDecimalText, fc.constantFrom(['k', 3], ['M', 6], ['bn', 9]), (value, [suffix, places]) => {
        const expected = new Decimal(`${value}e${places}`).toFixed();
        expect(readNumber(`${value} ${suffix}`, grammar)).toEqual({ ok: true, value: expected });
      }),
    );
  });
});
