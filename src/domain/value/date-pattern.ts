import type { Frequency, PeriodCalendar } from '../period/types.js';
import { isKnownLocale } from './locale.js';
import { foldedName, type MonthNames, monthNames } from './month-names.js';

/** Whether a pattern is for days or for points in time. */
export type PatternKind = 'date' | 'datetime';

/** A field of a date pattern, as it is known in {@link CompiledPattern}. */
type Field = 'year' | 'half' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second';

/** What a pattern may lean on besides its own letters. */
export interface PatternOptions {
  /** Locale of month names. */
  readonly locale?: string;
  /** Year that years of two digits are added to: 2000. */
  readonly century?: number;
  /** Calendar whose periods a date pattern names; without one its months are those of the year, its weeks ISO's. */
  readonly calendar?: PeriodCalendar;
}

/** A pattern ready to read: its expression has one named group per field, `shortYear` and `monthName` among them. */
export interface CompiledPattern {
  readonly expression: RegExp;
  /** Digits of each month name, where the pattern has one. */
  readonly months?: MonthNames;
  /** First digits of every year of two digits. */
  readonly century?: string;
  /** Set where the pattern names a period by its number in a year, and not a day or month of the standard calendar. */
  readonly label?: { readonly frequency: Frequency; readonly field: string; readonly calendar?: PeriodCalendar };
}

/** Stand for a pattern where days are the numbers that spreadsheets count them by, from 1900 or from 1904. */
export type SerialPattern = 'serial' | 'serial-1904';

export function isSerialPattern(pattern: string | undefined): pattern is SerialPattern {
  return pattern === 'serial' || pattern === 'serial-1904';
}

const TOKENS: Readonly<Record<string, { field: Field; digits: string; fixed: boolean }>> = {
  yyyy: { field: 'year', digits: '\\d{4}', fixed: true },
  MM: { field: 'month', digits: '\\d{2}', fixed: true },
  M: { field: 'month', digits: '\\d{1,2}', fixed: false },
  h: { field: 'half', digits: '[12]', fixed: true },
  q: { field: 'quarter', digits: '[1-4]', fixed: true },
  ww: { field: 'week', digits: '\\d{2}', fixed: true },
  w: { field: 'week', digits: '\\d{1,2}', fixed: false },
  dd: { field: 'day', digits: '\\d{2}', fixed: true },
  d: { field: 'day', digits: '\\d{1,2}', fixed: false },
  HH: { field: 'hour', digits: '\\d{2}', fixed: true },
  mm: { field: 'minute', digits: '\\d{2}', fixed: true },
  ss: { field: 'second', digits: '\\d{2}', fixed: true },
};

const HINTS: Readonly<Record<string, string>> = {
  yy: 'a year of two digits does not say its century: use yyyy, or declare century: 2000',
  YYYY: 'the year is written yyyy',
  YY: 'the year is written yyyy',
  y: 'the year is written yyyy',
  Q: 'the quarter is written q',
  W: 'the week is written ww',
  WW: 'the week is written ww',
  DD: 'the day is written dd',
  D: 'the day is written d',
  hh: 'hours go from 00 to 23: use HH',
  a: 'hours go from 00 to 23: use HH',
  H: 'hours have two digits: use HH',
  m: 'minutes have two digits: use mm (a month is M)',
  s: 'seconds have two digits: use ss',
  SSS: 'fractions of seconds are read only in ISO 8601, without a pattern',
  MMM: 'month names are of a language: declare the locale, or use MM or M',
  MMMM: 'month names are of a language: declare the locale, or use MM or M',
};

/** Which periods a field numbers. */
const LABELS = { half: 'half-yearly', quarter: 'quarterly', month: 'monthly', week: 'weekly' } as const;
const LABEL_FIELDS = ['half', 'quarter', 'month', 'week'] as const;

const NEEDED: Readonly<Record<PatternKind, readonly Field[]>> = {
  date: ['year'],
  datetime: ['year', 'month', 'day', 'hour', 'minute'],
};

/**
 * Compiles a pattern of `yyyy MM M dd d HH mm ss`, separators, and text in single quotes; a `T` between day and
 * hour needs no quotes. `MMM` and `MMMM`, month names, need a locale in `options`, `yy` a century.
 *
 * Without `dd` a date is the first of its month. `h`, `q`, `ww` and `w` number half-years, quarters and weeks in place of
 * a month: such a date is the first day of that period, `yyyy` then being the week-year of weeks. With a calendar in
 * `options` year and number, months too, are that calendar's. The year alone is the first day of its year. Returns a sentence saying what is wrong where it is wrong.
 */
export function compileDatePattern(
  pattern: string,
  kind: PatternKind,
  options: PatternOptions = {},
): CompiledPattern | string {
  const { century, calendar } = options;
  if (century !== undefined && century % 100 !== 0)
    return `the century ${century}: it is the first year of one, such as 2000`;
  let months: MonthNames | undefined;
  const fields: Field[] = [];
  let source = '';
  let touching: 'nothing' | 'fixed' | 'open' = 'nothing';
  for (const piece of pattern.match(/([A-Za-z])\1*|'[^']*'|[^A-Za-z']|'/g) ?? []) {
    const names = namesFor(piece, options.locale);
    const token = tokenFor(piece, century);
    if (names !== undefined) {
      if (fields.includes('month')) return `"${piece}": the month is there twice`;
      fields.push('month');
      months = names;
      source += `(?<monthName>${[...names.keys()]
        .sort((a, b) => b.length - a.length)
        .map(escaped)
        .join('|')})`;
      touching = 'nothing';
      continue;
    }
    if (token === undefined) {
      const literal = literalOf(piece);
      if (literal === undefined) return refused(piece);
      source += escaped(literal);
      if (literal !== '') touching = 'nothing';
      continue;
    }
    if (fields.includes(token.field)) return `"${piece}": the ${token.field} is there twice`;
    if (touching === 'open' || (touching === 'fixed' && !token.fixed)) {
      return `"${piece}" follows the ${fields.at(-1)} without a separator: one of one or two digits needs one`;
    }
    fields.push(token.field);
    source += `(?<${piece === 'yy' ? 'shortYear' : token.field}>${token.digits})`;
    touching = token.fixed ? 'fixed' : 'open';
  }
  const problem = mixed(fields, kind, calendar, months) ?? missing(fields, kind);
  if (problem !== undefined) return problem;
  const numbered = LABEL_FIELDS.find((field) => fields.includes(field));
  const isLabel = kind === 'date' && (calendar !== undefined || numbered !== 'month');
  return {
    // Month names are known in any case; where there are none, letters are compared as they are.
    expression: new RegExp(`^${source}$`, months === undefined ? '' : 'iu'),
    ...(months === undefined ? {} : { months }),
    ...(century === undefined ? {} : { century: String(century / 100).padStart(2, '0') }),
    ...(isLabel ? { label: labelOf(numbered, calendar) } : {}),
  };
}

/** Year, month and day of a match as digits, whichever way they were written. */
export function dayDigits(
  fields: Readonly<Record<string, string | undefined>>,
  { months, century = '' }: Omit<CompiledPattern, 'expression'>,
): { readonly year: string; readonly month: string; readonly day: string } {
  const { year = `${century}${fields['shortYear'] ?? ''}`, monthName = '', day = '01' } = fields;
  return { year, month: fields['month'] ?? months?.get(foldedName(monthName)) ?? '', day };
}

function tokenFor(piece: string, century: number | undefined): (typeof TOKENS)[string] | undefined {
  if (piece === 'yy' && century !== undefined) return { field: 'year', digits: '\\d{2}', fixed: true };
  return Object.hasOwn(TOKENS, piece) ? TOKENS[piece] : undefined;
}

function namesFor(piece: string, locale: string | undefined): MonthNames | undefined {
  if ((piece !== 'MMM' && piece !== 'MMMM') || locale === undefined || !isKnownLocale(locale)) return undefined;
  return monthNames(locale, piece === 'MMM' ? 'short' : 'long');
}

/**
 * What is wrong with a date pattern, in words, or `undefined` if nothing is.
 *
 * A date needs year and month and has no time of day; a datetime needs year, month, day, hour and minute. `serial` and
 * `serial-1904` are right for both.
 */
export function checkDatePattern(pattern: string, kind: PatternKind, options: PatternOptions = {}): string | undefined {
  if (isSerialPattern(pattern)) return undefined;
  const compiled = compileDatePattern(pattern, kind, options);
  return typeof compiled === 'string' ? compiled : undefined;
}

function labelOf(
  numbered: (typeof LABEL_FIELDS)[number] | undefined,
  calendar: PeriodCalendar | undefined,
): NonNullable<CompiledPattern['label']> {
  return {
    frequency: numbered === undefined ? 'yearly' : LABELS[numbered],
    field: numbered ?? '',
    ...(calendar === undefined ? {} : { calendar }),
  };
}

/** A label names one period: nothing finer or coarser stands beside its number. */
function mixed(
  fields: readonly Field[],
  kind: PatternKind,
  calendar: PeriodCalendar | undefined,
  months: MonthNames | undefined,
): string | undefined {
  const [first, second] = LABEL_FIELDS.filter((field) => fields.includes(field));
  if (first === undefined) return undefined;
  if (kind === 'datetime' && first === 'half') return 'h is a half-year, which no point in time has: hours are HH';
  if (kind === 'datetime' && first !== 'month') return `a point in time has no ${first}`;
  if (second !== undefined) return `the ${first} and the ${second} are both there: a period is named by one of them`;
  if (first !== 'month' && fields.includes('day')) return `a ${first} has no day: leave dd out`;
  if (calendar === undefined) return undefined;
  if (calendar.kind === 'list') return 'periods of a list have no numbers: leave the pattern out, cells are ids then';
  if (fields.includes('day')) return 'days are the same in every calendar: leave dd out, or the calendar';
  return months === undefined ? undefined : 'month names are of the standard calendar: number its months MM';
}

function missing(fields: readonly Field[], kind: PatternKind): string | undefined {
  const absent = NEEDED[kind].find((field) => !fields.includes(field));
  if (absent !== undefined) return `the ${absent} is missing from a ${kind} pattern`;
  const hasPart = LABEL_FIELDS.some((field) => fields.includes(field));
  if (kind === 'date' && !hasPart && fields.length > 1) return 'the month is missing from a date pattern';
  const timeOfDay = fields.find((field) => field === 'hour' || field === 'minute' || field === 'second');
  if (kind === 'date' && timeOfDay !== undefined) {
    return `a date pattern has no ${timeOfDay}: make the column a datetime`;
  }
  return undefined;
}

function literalOf(piece: string): string | undefined {
  if (piece === 'T') return piece;
  if (piece.length > 1 && piece.startsWith("'") && !/\d/.test(piece)) return piece.slice(1, -1);
  return /^[^A-Za-z\d']$/.test(piece) ? piece : undefined;
}

function refused(piece: string): string {
  const hint = Object.hasOwn(HINTS, piece) ? HINTS[piece] : undefined;
  return `"${piece}" means nothing in a pattern: ${hint ?? 'use yyyy MM M dd d HH mm ss, h q ww w, and separators'}`;
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
