/** Whether a pattern is for days or for points in time. */
export type PatternKind = 'date' | 'datetime';

/** A field of a date pattern, as it is known in {@link CompiledPattern}. */
type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** A pattern ready to read: its expression has one named group per field. */
export interface CompiledPattern {
  readonly expression: RegExp;
}

const TOKENS: Readonly<Record<string, { field: Field; digits: string; fixed: boolean }>> = {
  yyyy: { field: 'year', digits: '\\d{4}', fixed: true },
  MM: { field: 'month', digits: '\\d{2}', fixed: true },
  M: { field: 'month', digits: '\\d{1,2}', fixed: false },
  dd: { field: 'day', digits: '\\d{2}', fixed: true },
  d: { field: 'day', digits: '\\d{1,2}', fixed: false },
  HH: { field: 'hour', digits: '\\d{2}', fixed: true },
  mm: { field: 'minute', digits: '\\d{2}', fixed: true },
  ss: { field: 'second', digits: '\\d{2}', fixed: true },
};

const HINTS: Readonly<Record<string, string>> = {
  yy: 'a year of two digits does not say its century: use yyyy',
  YYYY: 'the year is written yyyy',
  YY: 'the year is written yyyy',
  y: 'the year is written yyyy',
  DD: 'the day is written dd',
  D: 'the day is written d',
  hh: 'hours go from 00 to 23: use HH',
  h: 'hours go from 00 to 23: use HH',
  a: 'hours go from 00 to 23: use HH',
  H: 'hours have two digits: use HH',
  m: 'minutes have two digits: use mm (a month is M)',
  s: 'seconds have two digits: use ss',
  SSS: 'fractions of seconds are read only in ISO 8601, without a pattern',
  MMM: 'month names are not read: use MM or M',
  MMMM: 'month names are not read: use MM or M',
};

const NEEDED: Readonly<Record<PatternKind, readonly Field[]>> = {
  date: ['year', 'month'],
  datetime: ['year', 'month', 'day', 'hour', 'minute'],
};

/**
 * Compiles a pattern of `yyyy MM M dd d HH mm ss`, separators, and text in single quotes; a `T` between day and
 * hour needs no quotes.
 *
 * Without `dd` a date is the first of its month. Returns a sentence saying what is wrong where it is wrong.
 */
export function compileDatePattern(pattern: string, kind: PatternKind): CompiledPattern | string {
  const fields: Field[] = [];
  let source = '';
  let touching: 'nothing' | 'fixed' | 'open' = 'nothing';
  for (const piece of pattern.match(/([A-Za-z])\1*|'[^']*'|[^A-Za-z']|'/g) ?? []) {
    const token = Object.hasOwn(TOKENS, piece) ? TOKENS[piece] : undefined;
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
    source += `(?<${token.field}>${token.digits})`;
    touching = token.fixed ? 'fixed' : 'open';
  }
  return missing(fields, kind) ?? { expression: new RegExp(`^${source}$`) };
}

/**
 * What is wrong with a date pattern, in words, or `undefined` if nothing is.
 *
 * A date needs year and month and has no time of day; a datetime needs year, month, day, hour and minute.
 */
export function checkDatePattern(pattern: string, kind: PatternKind): string | undefined {
  const compiled = compileDatePattern(pattern, kind);
  return typeof compiled === 'string' ? compiled : undefined;
}

function missing(fields: readonly Field[], kind: PatternKind): string | undefined {
  const absent = NEEDED[kind].find((field) => !fields.includes(field));
  if (absent !== undefined) return `the ${absent} is missing from a ${kind} pattern`;
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
  return `"${piece}" means nothing in a pattern: ${hint ?? 'use yyyy MM M dd d HH mm ss and separators'}`;
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
