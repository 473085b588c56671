import type { PeriodCalendar } from '#src/domain/period/types.js';
import { checkDatePattern } from '#src/domain/value/date-grammar.js';
import { isKnownCurrency, isKnownLocale } from '#src/domain/value/locale.js';
import { ordinalPlace } from '#src/domain/value/ordinal-grammar.js';
import type { ColumnType, ColumnSpec as ResolvedColumn } from '#src/domain/value/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { ColumnSpec } from '../spec/extracts-spec.js';
import { namedCalendar, type SiteCalendars } from './period-calendars.js';
import { checkTimeZone } from './site.js';

/** What a column may say only when it has one of these types. */
const ONLY_FOR = {
  locale: ['decimal', 'integer', 'date', 'datetime'],
  percent: ['decimal', 'integer'],
  currency: ['decimal', 'integer'],
  magnitudes: ['decimal', 'integer'],
  pattern: ['date', 'datetime'],
  century: ['date', 'datetime'],
  calendar: ['date'],
  time_zone: ['datetime'],
  words: ['boolean'],
  order: ['ordinal'],
  blanks: ['decimal', 'integer', 'date', 'datetime', 'boolean', 'ordinal'],
} as const satisfies Readonly<Record<string, readonly ColumnType[]>>;
const OPTIONS = [
  'locale',
  'percent',
  'currency',
  'magnitudes',
  'pattern',
  'century',
  'calendar',
  'time_zone',
  'words',
  'order',
  'blanks',
] as const;

/** @param localizedText whether the connector's cells are text in the writer's locale */
export function resolveColumn(
  name: string,
  spec: ColumnSpec,
  place: Place,
  defaults: { readonly timeZone: string; readonly localizedText: boolean; readonly calendars: SiteCalendars },
  problems: ProblemList,
): ResolvedColumn {
  const calendar = namedCalendar(spec.calendar, below(place, 'calendar'), defaults.calendars, problems);
  checkOptions(name, spec, calendar, place, problems);
  if (spec.time_zone !== undefined) checkTimeZone(spec.time_zone, below(place, 'time_zone'), problems);
  if (defaults.localizedText && spec.type === 'decimal' && spec.locale === undefined) {
    const message = `the decimal column "${name}" declares no locale: only 1234.5 is read, and 1,234 is rejected`;
    const remedy = 'say which separators the source uses, e.g. locale: de-DE or locale: en-US';
    problems.warn('CONFIG_LOCALE_UNDECLARED', place, message, remedy);
  }
  return {
    name,
    sourceName: spec.from ?? name,
    type: spec.type,
    ...(spec.locale === undefined ? {} : { locale: spec.locale }),
    ...(spec.percent === undefined ? {} : { percent: spec.percent }),
    ...(spec.currency === undefined ? {} : { currency: spec.currency }),
    ...(spec.magnitudes === undefined ? {} : { magnitudes: spec.magnitudes }),
    ...(spec.pattern === undefined ? {} : { pattern: spec.pattern }),
    ...(spec.century === undefined ? {} : { century: spec.century }),
    ...(calendar === undefined ? {} : { calendar }),
    timeZone: spec.time_zone ?? defaults.timeZone,
    required: spec.required,
    ...(spec.blanks === undefined ? {} : { blanks: spec.blanks }),
    ...(spec.words === undefined ? {} : { words: spec.words }),
    ...(spec.order === undefined ? {} : { order: spec.order }),
  };
}

function checkOptions(
  name: string,
  spec: ColumnSpec,
  calendar: PeriodCalendar | undefined,
  place: Place,
  problems: ProblemList,
): void {
  const { type, locale, words } = spec;
  const refuse = (option: (typeof OPTIONS)[number], message: string, remedy: string): void =>
    problems.error('CONFIG_COLUMN_OPTION', { ...below(place, option), at: 'key' }, message, remedy);
  for (const option of OPTIONS) {
    const types: readonly ColumnType[] = ONLY_FOR[option];
    if (spec[option] === undefined || types.includes(type)) continue;
    const message = `${option} has no meaning for the ${type} column "${name}"`;
    refuse(option, message, `remove ${option}, or make the column ${types.join(' or ')}`);
  }
  if (locale !== undefined && !isKnownLocale(locale)) {
    const remedy = 'use a BCP 47 tag such as de-DE, en-US or fr-CH';
    problems.error('CONFIG_BAD_LOCALE', below(place, 'locale'), `there is no locale "${locale}"`, remedy);
  }
  checkMarks(name, spec, place, problems);
  if (type === 'date' || type === 'datetime') checkPattern(name, type, spec, calendar, place, problems);
  if (type === 'ordinal') checkOrder(name, spec, place, problems);
  const both = words?.true.find((word) => words.false.some((other) => other.toLowerCase() === word.toLowerCase()));
  if (both !== undefined) {
    const message = `"${both}" means both true and false in the column "${name}"`;
    problems.error('CONFIG_COLUMN_OPTION', below(place, 'words'), message, 'keep the word in one of the two lists');
  }
}

/** An ordinal column says its words, each once. */
function checkOrder(name: string, { order }: ColumnSpec, place: Place, problems: ProblemList): void {
  if (order === undefined) {
    const message = `the ordinal column "${name}" has no order`;
    problems.error('CONFIG_COLUMN_OPTION', place, message, 'add order: [worst, …, best] with every text it holds');
    return;
  }
  for (const [index, word] of order.entries()) {
    if (ordinalPlace(word, order) === String(index + 1)) continue;
    const message = `"${word}" stands twice in the order of the column "${name}"`;
    problems.error('CONFIG_COLUMN_OPTION', below(place, 'order', index), message, 'keep the word in one place');
  }
}

/** What may stand beside the numbers of a column. */
function checkMarks(name: string, spec: ColumnSpec, place: Place, problems: ProblemList): void {
  const { percent, currency, magnitudes } = spec;
  if (currency !== undefined && !isKnownCurrency(currency)) {
    const remedy = 'use a code of ISO 4217 in capital letters, such as EUR';
    problems.error('CONFIG_COLUMN_OPTION', below(place, 'currency'), `there is no currency "${currency}"`, remedy);
  }
  if (percent === undefined || (currency === undefined && magnitudes !== true)) return;
  const message = `the numbers of the column "${name}" are percentages or amounts, not both`;
  const remedy = 'keep percent, or currency and magnitudes';
  problems.error('CONFIG_COLUMN_OPTION', { ...below(place, 'percent'), at: 'key' }, message, remedy);
}

function checkPattern(
  name: string,
  type: 'date' | 'datetime',
  spec: ColumnSpec,
  calendar: PeriodCalendar | undefined,
  place: Place,
  problems: ProblemList,
): void {
  const { pattern = '', locale, century } = spec;
  const usesLocale = pattern.includes('MMM');
  const usesCentury = /(?<!y)yy(?!y)/.test(pattern);
  for (const [option, value, isUsed, need] of [
    ['locale', locale, usesLocale, 'month names: MMM or MMMM'],
    ['century', century, usesCentury, 'a year of two digits: yy'],
  ] as const) {
    if (value === undefined || isUsed) continue;
    const message = `${option} has no meaning for the ${type} column "${name}": its pattern has no ${need}`;
    const remedy = `remove ${option}, or give the pattern ${need}`;
    problems.error('CONFIG_COLUMN_OPTION', { ...below(place, option), at: 'key' }, message, remedy);
  }
  // A locale that is none is told of already.
  if (pattern === '' || (usesLocale && locale !== undefined && !isKnownLocale(locale))) return;
  const remedy = checkDatePattern(pattern, type, {
    ...(locale === undefined ? {} : { locale }),
    ...(century === undefined ? {} : { century }),
    ...(calendar === undefined ? {} : { calendar }),
  });
  const message = `"${pattern}" is not a ${type} pattern`;
  if (remedy !== undefined) problems.error('CONFIG_BAD_DATE_PATTERN', below(place, 'pattern'), message, remedy);
}
