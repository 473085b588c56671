import { Decimal } from './decimal.js';
import { errorTokenRejected, isErrorToken } from './error-token.js';
import { assertLocale, localeDigits } from './locale.js';
import { type CompiledMarks, compileMarks, type NumberMarks, unmarked } from './number-marks.js';
import { accepted, rejected } from './reading.js';
import type { DecimalText, Reading } from './types.js';

/** How numbers of a column are written; compiled once per column by {@link numberGrammar}. */
export interface NumberGrammar {
  /** Absent: the machine form. */
  readonly locale: string | undefined;
  readonly decimalSeparator: string;
  /** Characters that may separate groups of digits; empty where the locale has none. */
  readonly groupSeparators: readonly string[];
  /** Digits without sign: groups `integer`, `fraction`, and `exponent` in the machine form. */
  readonly body: RegExp;
  /** The locale's own digits 0–9, where they are not the ASCII ones. */
  readonly digits: ReadonlyMap<string, string>;
  /** Percent signs, currency, magnitudes, as far as the column declares them. */
  readonly marks: CompiledMarks | undefined;
  /** Bodies of numbers that have a mark: some locales group amounts otherwise than numbers. */
  readonly markedBodies: readonly RegExp[];
}

/** Longest text taken for a number, in characters. */
const MAX_NUMBER_LENGTH = 1000;
/** Largest exponent of the machine form, either way. */
const MAX_EXPONENT = 400;

const SPACES = [' ', '\u00a0', '\u2009', '\u202f'];
const APOSTROPHES = ["'", '\u2019'];
/** Marks that only steer the direction of writing; Intl prints them beside Arabic and Hebrew signs. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g;
const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const MACHINE_BODY = /^(?:(?<integer>\d+)(?:\.(?<fraction>\d+))?|\.(?<bare>\d+))(?:[eE](?<exponent>[+-]?\d+))?$/;
/** The usual ways of writing groups; what one of them reads is ambiguous, not broken, where no locale is declared. */
const USUAL_BODIES = [
  localeBody('.', [','], 3, 3),
  localeBody(',', ['.'], 3, 3),
  localeBody(',', SPACES, 3, 3),
  localeBody('.', APOSTROPHES, 3, 3),
  localeBody('.', [','], 3, 2),
];

/**
 * The way numbers are written in a locale, by its CLDR data; `undefined` gives the machine form (`-1234.5`,
 * `1e-7`), which has no group separators.
 *
 * @param declared the marks that numbers may have; none unless declared
 * @throws PlumblineError `CONFIG_BAD_LOCALE` for a tag that is malformed or has no data, `CONFIG_COLUMN_OPTION` for a
 * currency that is none
 */
export function numberGrammar(locale: string | undefined, declared: NumberMarks = {}): NumberGrammar {
  if (locale === undefined) {
    const marks = compileMarks(declared, locale);
    const machine = { decimalSeparator: '.', groupSeparators: [], body: MACHINE_BODY };
    return { ...machine, locale, digits: new Map(), marks, markedBodies: [MACHINE_BODY] };
  }
  assertLocale(locale);
  const marks = compileMarks(declared, locale);
  const plain = separation(locale, {});
  const others = markedStyles(declared).map((style) => separation(locale, style));
  return {
    ...plain,
    locale,
    digits: ownDigits(locale),
    marks,
    markedBodies: [plain, ...others.filter((other) => agree(plain, other))].map(({ body }) => body),
  };
}

type Separation = Pick<NumberGrammar, 'decimalSeparator' | 'groupSeparators' | 'body'>;

function separation(locale: string, style: Intl.NumberFormatOptions): Separation {
  const parts = new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: 1 }).formatToParts(1234567890123.5);
  const decimalSeparator = parts.find((part) => part.type === 'decimal')?.value ?? '.';
  const group = parts.find((part) => part.type === 'group')?.value;
  const sizes = parts.filter((part) => part.type === 'integer').map((part) => part.value.length);
  const groupSeparators = group === undefined ? [] : lookalikes(group);
  const body = localeBody(decimalSeparator, groupSeparators, sizes.at(-1) ?? 3, sizes.at(-2) ?? 3);
  return { decimalSeparator, groupSeparators, body };
}

/** The styles in which CLDR may write the numbers of a column that has these marks. */
function markedStyles({ percent, currency }: NumberMarks): readonly Intl.NumberFormatOptions[] {
  if (percent !== undefined) return [{ style: 'percent' }];
  if (currency === undefined) return [];
  return (['standard', 'accounting'] as const).map((currencySign) => ({ style: 'currency', currency, currencySign }));
}

/** Whether no separator means thousands in one and decimals in the other. */
function agree(a: Separation, b: Separation): boolean {
  return !a.groupSeparators.includes(b.decimalSeparator) && !b.groupSeparators.includes(a.decimalSeparator);
}

/**
 * A number as people or programs wrote it, exactly.
 *
 * Outer white space, a sign before (`+`, `-`, U+2212), a minus after, or parentheses for negative are allowed. Group
 * separators are optional, but where there is one all are in their places and alike. What is not surely a number is
 * a reject: `1,234` without a declared locale (`ambiguous_number`), `1.23` or `0.234` under de-DE, percent signs,
 * currencies and magnitudes that the column does not declare (`number_grammar`), `#N/A` and `NaN` (`error_token`).
 *
 * Declared marks move the point, exactly: `1.5k` is 1500; `12 %` is 12 in `points` and 0.12 as `fraction`, where `12`
 * alone is `ambiguous_number`. No text makes it throw.
 */
export function readNumber(text: string, grammar: NumberGrammar): Reading<DecimalText> {
  const trimmed = text.trim();
  if (trimmed.length > MAX_NUMBER_LENGTH) {
    return rejected(
      'number_grammar',
      `the text is longer than the ${MAX_NUMBER_LENGTH} characters a number may have`,
      'one number in the cell',
    );
  }
  const needsSign = grammar.marks?.percent === 'fraction';
  if (grammar.locale === undefined && !needsSign && PLAIN.test(trimmed)) return accepted(plainCanonical(trimmed));
  if (isErrorToken(trimmed)) return errorTokenRejected();
  const bare = parse(trimmed, grammar);
  if (bare !== undefined) return bare.ok && needsSign ? percentSignMissing() : bare;
  return parseMarked(trimmed, grammar) ?? refusal(trimmed, grammar);
}

function parseMarked(trimmed: string, grammar: NumberGrammar): Reading<DecimalText> | undefined {
  if (grammar.marks === undefined) return undefined;
  const number = unmarked(inAsciiDigits(trimmed, grammar), grammar.marks, grammar.decimalSeparator);
  if (number === undefined) return undefined;
  const [parts] = grammar.markedBodies.map((body) => matched(number.body, body)).filter((found) => found !== undefined);
  if (parts === undefined) return undefined;
  const integer = (parts['integer'] ?? '').replace(/\D/g, '');
  return accepted(shifted(number.negative, integer, parts['fraction'] ?? parts['bare'] ?? '', number.shift));
}

function percentSignMissing(): Reading<never> {
  return rejected(
    'ambiguous_number',
    'the column holds percentages to be read as fractions, and this number has no percent sign',
    'a percent sign with each number; or percent: points, if the numbers without a sign are percent points too',
  );
}

function parse(trimmed: string, grammar: NumberGrammar): Reading<DecimalText> | undefined {
  const { negative, body } = withoutSign(inAsciiDigits(trimmed, grammar));
  const parts = matched(body, grammar.body);
  if (parts === undefined) return undefined;
  const exponent = new Decimal(parts['exponent'] ?? '0');
  if (exponent.abs().gt(MAX_EXPONENT)) {
    return rejected('number_grammar', `the exponent is beyond ±${MAX_EXPONENT}`, 'a number written without exponent');
  }
  const integer = (parts['integer'] ?? '').replace(/\D/g, '');
  return accepted(shifted(negative, integer, parts['fraction'] ?? parts['bare'] ?? '', exponent.toNumber()));
}

/** The parts of an unsigned number, if it is one and its group separators are all alike. */
function matched(text: string, body: RegExp): Partial<Record<string, string>> | undefined {
  const parts = body.exec(text)?.groups;
  const separators = (parts?.['integer'] ?? '').replace(/\d/g, '');
  return new Set(separators).size > 1 ? undefined : parts;
}

function withoutSign(text: string): { negative: boolean; body: string } {
  if (text.startsWith('(') && text.endsWith(')')) return { negative: true, body: text.slice(1, -1) };
  if (/^[-\u2212]/.test(text)) return { negative: true, body: text.slice(1) };
  if (text.startsWith('+')) return { negative: false, body: text.slice(1) };
  if (/[-\u2212]$/.test(text)) return { negative: true, body: text.slice(0, -1) };
  return { negative: false, body: text };
}

function inAsciiDigits(text: string, grammar: NumberGrammar): string {
  if (grammar.locale === undefined) return text;
  const plain = text.replace(DIRECTION_MARKS, '');
  return grammar.digits.size === 0 ? plain : [...plain].map((char) => grammar.digits.get(char) ?? char).join('');
}

/** Says why a text is not a number here, from the most telling sign to the least. */
function refusal(trimmed: string, grammar: NumberGrammar): Reading<never> {
  if (trimmed === '') return rejected('number_grammar', 'the cell is blank', writtenLike(grammar));
  if (/[%‰\u066a]/.test(trimmed)) {
    return rejected(
      'number_grammar',
      grammar.marks?.percent === undefined
        ? 'percent and per-mille signs are not part of a number unless the column declares them'
        : 'the text is not a number with one percent sign',
      'the bare number; or declare percent: points (12 % is 12) or percent: fraction (12 % is 0.12) on the column',
    );
  }
  if (/\p{Sc}/u.test(trimmed) || /^[A-Z]{3}\s*[-+(\d]|\d[)]?\s*[A-Z]{3}$/.test(trimmed)) {
    const currency = grammar.marks?.currency;
    return rejected(
      'number_grammar',
      currency === undefined
        ? 'currency signs and codes are not part of a number unless the column declares its currency'
        : `the text is not an amount in ${currency}, the currency of the column`,
      currency === undefined
        ? 'the bare amount; or declare the one currency of the column, such as currency: EUR'
        : `the bare amount, or one with ${currency} or its symbol; another currency needs a column of its own`,
    );
  }
  if (grammar.locale === undefined && USUAL_BODIES.some((body) => matched(withoutSign(trimmed).body, body))) {
    return rejected(
      'ambiguous_number',
      'separators can mean thousands or decimals, and the column declares no locale',
      'declare the locale the numbers are written in on the column, such as locale: en-US or locale: de-DE',
    );
  }
  return rejected('number_grammar', `the text is not a number ${inWhat(grammar)}`, writtenLike(grammar));
}

function inWhat(grammar: NumberGrammar): string {
  return grammar.locale === undefined ? 'in machine form' : `as written in ${grammar.locale}`;
}

function writtenLike(grammar: NumberGrammar): string {
  const group = grammar.groupSeparators[0] ?? '';
  return `a number written like -1234${grammar.decimalSeparator}5${group === '' ? '' : ` or -1${group}234${grammar.decimalSeparator}5`}`;
}

/** Group separators that stand for one another: which of the spaces a file holds is chance. */
function lookalikes(group: string): readonly string[] {
  if (SPACES.includes(group)) return SPACES;
  if (APOSTROPHES.includes(group)) return APOSTROPHES;
  return [group];
}

/**
 * Grouped numbers never begin with 0: `0.234` in a German column is an English decimal, not 234.
 *
 * `primary` is the length of the last group, `secondary` of those before (2 in India).
 */
function localeBody(decimal: string, groups: readonly string[], primary: number, secondary: number): RegExp {
  const point = escaped(decimal);
  const group = `[${groups.map(escaped).join('')}]`;
  const grouped = `[1-9]\\d{0,${secondary - 1}}(?:${group}\\d{${secondary}})*${group}\\d{${primary}}`;
  const integer = groups.length === 0 ? '\\d+' : `\\d+|${grouped}`;
  return new RegExp(`^(?:(?<integer>${integer})(?:${point}(?<fraction>\\d+))?|${point}(?<bare>\\d+))$`);
}

function ownDigits(locale: string): ReadonlyMap<string, string> {
  const pairs = localeDigits(locale).map((own, digit) => [own, String(digit)] as const);
  return new Map(pairs.filter(([own, ascii]) => own !== ascii));
}

function escaped(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');
}

/** Fast way for the form most cells have; only trailing zeros and `-0` are left to mend. */
function plainCanonical(text: string): DecimalText {
  const point = text.indexOf('.');
  const exact = point < 0 ? text : withoutTrailingZeros(text);
  return exact === '-0' ? '0' : exact;
}

function shifted(negative: boolean, integer: string, fraction: string, shift: number): DecimalText {
  const digits = integer + fraction;
  const point = integer.length + shift;
  const before = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const after = point < 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const whole = before.replace(/^0+(?=.)/, '') || '0';
  return plainCanonical(`${negative ? '-' : ''}${whole}${after === '' ? '' : `.${after}`}`);
}

/** Cuts zeros, then the point, off a text that has a point. By hand: a pattern would try every run of zeros again. */
function withoutTrailingZeros(text: string): string {
  let end = text.length;
  while (text[end - 1] === '0') end -= 1;
  if (text[end - 1] === '.') end -= 1;
  return text.slice(0, end);
}
