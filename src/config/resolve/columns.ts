import { checkDatePattern } from '#src/domain/value/date-grammar.js';
import { isKnownLocale } from '#src/domain/value/locale.js';
import type { ColumnType, ColumnSpec as ResolvedColumn } from '#src/domain/value/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { ColumnSpec } from '../spec/extracts-spec.js';
import { checkTimeZone } from './site.js';

/** What a column may say only when it has one of these types. */
const ONLY_FOR: Readonly<Record<'locale' | 'pattern' | 'time_zone' | 'words', readonly ColumnType[]>> = {
  locale: ['decimal', 'integer'],
  pattern: ['date', 'datetime'],
  time_zone: ['datetime'],
  words: ['boolean'],
};

/** @param localizedText whether the connector's cells are text in the writer's locale */
export function resolveColumn(
  name: string,
  spec: ColumnSpec,
  place: Place,
  defaults: { readonly timeZone: string; readonly localizedText: boolean },
  problems: ProblemList,
): ResolvedColumn {
  checkOptions(name, spec, place, problems);
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
    ...(spec.pattern === undefined ? {} : { pattern: spec.pattern }),
    timeZone: spec.time_zone ?? defaults.timeZone,
    required: spec.required,
    ...(spec.words === undefined ? {} : { words: spec.words }),
  };
}

function checkOptions(name: string, spec: ColumnSpec, place: Place, problems: ProblemList): void {
  const { type, locale, pattern, words } = spec;
  for (const option of ['locale', 'pattern', 'time_zone', 'words'] as const) {
    const types = ONLY_FOR[option];
    if (spec[option] === undefined || types.includes(type)) continue;
    const message = `${option} has no meaning for the ${type} column "${name}"`;
    const remedy = `remove ${option}, or make the column ${types.join(' or ')}`;
    problems.error('CONFIG_COLUMN_OPTION', { ...below(place, option), at: 'key' }, message, remedy);
  }
  if (locale !== undefined && !isKnownLocale(locale)) {
    const remedy = 'use a BCP 47 tag such as de-DE, en-US or fr-CH';
    problems.error('CONFIG_BAD_LOCALE', below(place, 'locale'), `there is no locale "${locale}"`, remedy);
  }
  if (pattern !== undefined && (type === 'date' || type === 'datetime')) {
    const remedy = checkDatePattern(pattern, type);
    const message = `"${pattern}" is not a ${type} pattern`;
    if (remedy !== undefined) problems.error('CONFIG_BAD_DATE_PATTERN', below(place, 'pattern'), message, remedy);
  }
  const both = words?.true.find((word) => words.false.some((other) => other.toLowerCase() === word.toLowerCase()));
  if (both !== undefined) {
    const message = `"${both}" means both true and false in the column "${name}"`;
    problems.error('CONFIG_COLUMN_OPTION', below(place, 'words'), message, 'keep the word in one of the two lists');
  }
}
