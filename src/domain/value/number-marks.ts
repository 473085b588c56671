import { PlumblineError } from '../failure/plumbline-error.js';
import { isKnownCurrency } from './locale.js';
import type { ColumnSpec } from './types.js';

/** What a column declares that its numbers may be marked with. */
export type NumberMarks = Pick<ColumnSpec, 'percent' | 'currency' | 'magnitudes'>;

/** The marks of a column, ready to be found in its cells. */
export interface CompiledMarks {
  readonly percent: NumberMarks['percent'];
  /** Code of the declared currency. */
  readonly currency: string | undefined;
  readonly before: RegExp;
  readonly behind: RegExp;
  /** Decimal places by which each sign or suffix moves the point. */
  readonly shifts: ReadonlyMap<string, number>;
}

/** A number without its marks: unsigned, still with the separators of its locale. */
export interface UnmarkedNumber {
  readonly negative: boolean;
  readonly body: string;
  /** Decimal places the point moves to the right. */
  readonly shift: number;
}

/** The same in every locale, and only as written here: what `m` means, nobody knows. */
const MAGNITUDES: readonly (readonly [string, number])[] = [
  ['k', 3],
  ['K', 3],
  ['M', 6],
  ['Mio', 6],
  ['Mio.', 6],
  ['B', 9],
  ['bn', 9],
  ['Mrd', 9],
  ['Mrd.', 9],
];
const PERCENT_SIGNS: readonly (readonly [string, number])[] = [
  ['%', 0],
  ['\u066a', 0],
  ['‰', -1],
  ['\u0609', -1],
];
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g;

/**
 * Compiles the marks of a column; `undefined` where it declares none.
 *
 * @throws PlumblineError `CONFIG_COLUMN_OPTION` for a currency that is none
 */
export function compileMarks(marks: NumberMarks, locale: string | undefined): CompiledMarks | undefined {
  const { percent, currency, magnitudes = false } = marks;
  if (percent === undefined && currency === undefined && !magnitudes) return undefined;
  // In percent points 12 % is 12; as a fraction it is 0.12.
  const signs = percent === undefined ? [] : PERCENT_SIGNS;
  const signShift = percent === 'fraction' ? -2 : 0;
  const suffixes = magnitudes ? MAGNITUDES : [];
  const currencyNames = currency === undefined ? [] : namesOf(currency, locale);
  const shared = [
    alternatives('space', ['\\s+']),
    alternatives('currency', currencyNames.map(escaped)),
    alternatives(
      'percent',
      signs.map(([sign]) => escaped(sign)),
    ),
  ];
  const behind = [...shared, alternatives('magnitude', suffixes.map(([suffix]) => escaped(suffix)).sort(longestFirst))];
  return {
    percent,
    currency,
    before: tokens([...shared, alternatives('sign', ['[-+\\u2212]']), alternatives('open', ['\\('])]),
    behind: tokens([...behind, alternatives('sign', ['[-\\u2212]']), alternatives('close', ['\\)'])]),
    shifts: new Map([...signs.map(([sign, shift]) => [sign, shift + signShift] as const), ...suffixes]),
  };
}

/**
 * Takes the marks off a number, if it has any and they are as they must be: one sign or one pair of parentheses, one
 * currency, before or behind; or a percent sign; a magnitude right behind the number. White space stands beside a mark only.
 *
 * @param text trimmed, in ASCII digits
 */
export function unmarked(text: string, marks: CompiledMarks, decimalSeparator: string): UnmarkedNumber | undefined {
  const firstDigit = text.search(/\d/);
  if (firstDigit < 0) return undefined;
  const start = text[firstDigit - 1] === decimalSeparator ? firstDigit - 1 : firstDigit;
  const end = text.search(/\d\D*$/) + 1;
  const before = tokensOf(text.slice(0, start), marks.before);
  const behind = tokensOf(text.slice(end), marks.behind);
  const body = text.slice(start, end);
  if (before === undefined || behind === undefined || /e/i.test(body)) return undefined;
  if (!areWellPlaced(before, behind)) return undefined;
  const all = [...before, ...behind];
  return {
    negative: all.some(({ kind, text: sign }) => kind === 'open' || (kind === 'sign' && sign !== '+')),
    body,
    shift: all.reduce((sum, token) => sum + (marks.shifts.get(token.text) ?? 0), 0),
  };
}

interface Token {
  readonly kind: string;
  readonly text: string;
}

function areWellPlaced(before: readonly Token[], behind: readonly Token[]): boolean {
  const count = (kind: string): number => [...before, ...behind].filter((token) => token.kind === kind).length;
  const [percents, currencies, magnitudes] = [count('percent'), count('currency'), count('magnitude')];
  const isMarked = percents + currencies + magnitudes > 0;
  const once = percents <= 1 && currencies <= 1 && magnitudes <= 1 && (percents === 0 || currencies + magnitudes === 0);
  const signed = count('sign') + count('open') <= 1 && count('open') === count('close');
  const magnitudeAt = behind.findIndex(({ kind }) => kind === 'magnitude');
  const magnitudeFirst = magnitudeAt <= 0 || (magnitudeAt === 1 && behind[0]?.kind === 'space');
  return (
    isMarked && once && signed && magnitudeFirst && spacesStandBesideMarks(before) && spacesStandBesideMarks(behind)
  );
}

function spacesStandBesideMarks(list: readonly Token[]): boolean {
  const isMark = (token: Token | undefined): boolean =>
    token !== undefined && ['currency', 'percent', 'magnitude'].includes(token.kind);
  return list.every(({ kind }, index) => kind !== 'space' || isMark(list[index - 1]) || isMark(list[index + 1]));
}

/** The tokens a text is made of from end to end, or `undefined` if there is anything else in it. */
function tokensOf(text: string, expression: RegExp): Token[] | undefined {
  const found: Token[] = [];
  let length = 0;
  for (const match of text.matchAll(expression)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, group]) => group !== undefined) ?? [''];
    found.push({ kind, text: match[0] });
    length += match[0].length;
  }
  return length === text.length ? found : undefined;
}

/** The code, and the symbol the locale prints (English without one): `$` is the US dollar's in de-DE, not in en-CA. */
function namesOf(currency: string, locale: string | undefined): string[] {
  if (!isKnownCurrency(currency)) {
    throw new PlumblineError('config', 'CONFIG_COLUMN_OPTION', `cannot use the currency "${currency}"`, {
      remedy: 'a code of ISO 4217 in capital letters, such as EUR',
    });
  }
  const parts = new Intl.NumberFormat(locale ?? 'en', { style: 'currency', currency }).formatToParts(0);
  const symbol = parts.find(({ type }) => type === 'currency')?.value.replace(DIRECTION_MARKS, '') ?? currency;
  return [...new Set([currency, symbol])].sort(longestFirst);
}

function tokens(kinds: readonly string[]): RegExp {
  return new RegExp(kinds.filter((kind) => kind !== '').join('|'), 'gu');
}

function alternatives(kind: string, patterns: readonly string[]): string {
  return patterns.length === 0 ? '' : `(?<${kind}>${patterns.join('|')})`;
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
