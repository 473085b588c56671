import type { ColumnType } from '#src/domain/value/types.js';
import type { Candidate } from './readings.js';

/** Ways of writing separators that differ from one another; the first of those that read a column alike is proposed. */
const LOCALES = ['en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN'];

const DATE_PATTERNS = [
  'dd.MM.yyyy',
  'd.M.yyyy',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'd/M/yyyy',
  'M/d/yyyy',
  'dd-MM-yyyy',
  'MM-dd-yyyy',
  'd-M-yyyy',
  'M-d-yyyy',
  'yyyy/MM/dd',
  'yyyy/M/d',
  'yyyy.MM.dd',
  'yyyy-M-d',
  'yyyy-MM',
  'MM/yyyy',
];
const TIMES = ['HH:mm', 'HH:mm:ss'];
/** Patterns whose numbers an integer column could hold too. */
const COMPACT_PATTERN = 'yyyyMMdd';

/** The machine form first: where it reads all, no locale needs declaring. */
export const NUMBERS: readonly Candidate[] = [
  { type: 'decimal', settings: {}, what: 'numbers in machine form' },
  ...LOCALES.map(
    (locale): Candidate => ({ type: 'decimal', settings: { locale }, what: `numbers written as in ${locale}` }),
  ),
];

export const DATES: readonly Candidate[] = [
  { type: 'date', settings: {}, what: 'ISO dates' },
  ...DATE_PATTERNS.map(
    (pattern): Candidate => ({ type: 'date', settings: { pattern }, what: `dates ${pattern}`, ...orderOf(pattern) }),
  ),
  { type: 'datetime', settings: {}, what: 'ISO date-times' },
  ...DATE_PATTERNS.filter((pattern) => pattern.includes('d')).flatMap((day) =>
    TIMES.map((time): Candidate => {
      const pattern = `${day} ${time}`;
      return { type: 'datetime', settings: { pattern }, what: `date-times ${pattern}`, ...orderOf(day) };
    }),
  ),
];

export const COMPACT_DATES: Candidate = {
  type: 'date',
  settings: { pattern: COMPACT_PATTERN },
  what: `dates ${COMPACT_PATTERN}`,
};

export const BOOLEANS: Candidate = { type: 'boolean', settings: {}, what: 'words for true and false' };

const DECLARED: readonly (readonly [RegExp, ColumnType, string])[] = [
  [/^(?:tiny|small|medium|big)?int(?:eger)?\d?\b|^(?:small|big)?serial\b/, 'integer', 'whole numbers'],
  [/^(?:decimal|numeric|dec|fixed|number|money|real|float\d?|double)\b/, 'decimal', 'numbers in machine form'],
  [/^(?:timestamp|timestamptz|datetime)\b/, 'datetime', 'ISO date-times'],
  [/^date\b/, 'date', 'ISO dates'],
  [/^bool(?:ean)?\b/, 'boolean', 'words for true and false'],
];

/** The reading a source's own type promises, if it promises one; text types promise nothing. */
export function declaredCandidate(declared: string): Candidate | undefined {
  const plain = declared.trim().toLowerCase();
  const found = DECLARED.find(([names]) => names.test(plain));
  return found === undefined ? undefined : { type: found[1], settings: {}, what: found[2] };
}

function orderOf(pattern: string): Pick<Candidate, 'order'> {
  if (/^d+[/-]M/.test(pattern)) return { order: 'day_month' };
  return /^M+[/-]d/.test(pattern) ? { order: 'month_day' } : {};
}
