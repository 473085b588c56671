import { PlumblineError } from '../failure/plumbline-error.js';

/** Whether a text is a BCP 47 tag of a locale whose data is on board. */
export function isKnownLocale(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf([locale]).length === 1;
  } catch {
    // Intl tells a malformed tag by a RangeError and in no other way.
    return false;
  }
}

/**
 * Lets a known locale pass.
 *
 * Intl answers for an unknown one with the machine's own locale, and the same file would read differently
 * on two machines.
 *
 * @throws PlumblineError `CONFIG_BAD_LOCALE`
 */
export function assertLocale(locale: string): void {
  if (!isKnownLocale(locale)) {
    throw new PlumblineError('config', 'CONFIG_BAD_LOCALE', `cannot use the locale "${locale}"`, {
      remedy: 'a BCP 47 tag of a known locale, such as de-DE, en-US or fr-CH',
    });
  }
}

/** Whether a code is a currency of ISO 4217, present or past, whose symbols are on board. */
export function isKnownCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code);
}

/** The ten digits of a known locale, from 0 to 9: ASCII ones in most. */
export function localeDigits(locale: string): readonly string[] {
  return [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9876543210)].reverse();
}
