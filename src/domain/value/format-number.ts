import { roundTo } from './decimal.js';
import { assertLocale, localeDigits } from './locale.js';
import type { DecimalText } from './types.js';

/**
 * A value for people: rounded half-even to `places` decimals, with the separators and digits of a locale
 * (English unless told otherwise). Exact to the last digit; never shows `-0`.
 *
 * @param places decimals shown, 0 or more, padded with zeros
 * @throws PlumblineError `CONFIG_BAD_LOCALE`
 */
export function formatDecimal(value: DecimalText, places: number, locale = 'en'): string {
  assertLocale(locale);
  const [integer = '0', decimals = ''] = roundTo(value, places).split('.');
  const shown = Math.min(places, 1);
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: shown, maximumFractionDigits: shown });
  // Intl shows 20 decimals at most on Node 20, and a JS number would lose digits: it gets the whole part, exactly.
  const parts = format.formatToParts(integer === '-0' ? -0 : BigInt(integer));
  const fraction = inDigitsOf(locale, decimals.padEnd(places, '0'));
  return parts.map((part) => (part.type === 'fraction' ? fraction : part.value)).join('');
}

function inDigitsOf(locale: string, text: string): string {
  const digits = localeDigits(locale);
  return text.replace(/\d/g, (digit) => digits['0123456789'.indexOf(digit)] ?? digit);
}
