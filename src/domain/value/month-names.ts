import { assertLocale } from './locale.js';

/** Month names of a locale, each with the two digits of its month; folded by {@link foldedName}. */
export type MonthNames = ReadonlyMap<string, string>;

/**
 * The names of the months in a locale, as they stand in a date and alone: in full, or short. A short one may leave out
 * its full stop, and may be the first three letters of the full name where no other month begins so.
 *
 * @throws PlumblineError `CONFIG_BAD_LOCALE`
 */
export function monthNames(locale: string, width: 'long' | 'short'): MonthNames {
  assertLocale(locale);
  const names = new Map<string, string>();
  const beginnings = new Map<string, Set<string>>();
  for (let month = 1; month <= 12; month++) {
    const digits = String(month).padStart(2, '0');
    for (const name of written(locale, width, month)) {
      names.set(foldedName(name), digits);
      if (width === 'short') names.set(foldedName(name.replace(/\.$/, '')), digits);
    }
    for (const name of written(locale, 'long', month)) {
      const beginning = [...foldedName(name)].slice(0, 3).join('');
      beginnings.set(beginning, (beginnings.get(beginning) ?? new Set()).add(digits));
    }
  }
  if (width === 'long') return names;
  for (const [beginning, months] of beginnings) {
    const [only, ...others] = months;
    if (only !== undefined && others.length === 0 && !names.has(beginning)) names.set(beginning, only);
  }
  return names;
}

/** Without regard to case, and to whether an accent is a character of its own. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** With a day beside it and alone: many languages decline. */
function written(locale: string, month: 'long' | 'short', number: number): string[] {
  const at = Date.UTC(2026, number - 1, 15);
  return [{ month }, { month, day: 'numeric' } as const].flatMap((fields) =>
    new Intl.DateTimeFormat(locale, { ...fields, calendar: 'gregory', timeZone: 'UTC' })
      .formatToParts(at)
      .flatMap((part) => (part.type === 'month' && /\p{L}/u.test(part.value) ? [part.value] : [])),
  );
}
