import type { Condition } from '#src/domain/measure/types.js';
import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import { readDateTime } from '#src/domain/value/date-grammar.js';
import type { SqlGrammar } from '../sql-tokens.js';
import type { CatalogColumn } from './catalog.js';
import { baseName } from './column-kind.js';
import { affinityOf } from './sqlite-affinity.js';

const NUMBER = 'a number without quotes';
const TEXT = 'a text between single quotes';
const TRUTH = 'true or false';
const DAY = "a day between single quotes, such as '2026-03-01'";
const LOCAL_TIME = "a day or a time without a zone between single quotes, such as '2026-03-01 00:00:00'";
const INSTANT = "a time with its zone between single quotes, such as '2026-03-01T00:00:00Z'";

/** More decimals would be rounded by a server, and the row on the border would be another. */
const LOCAL = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?$/;
const ZONED = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;
/** What SQLite makes a number of where a column keeps numbers. */
const NUMERIC_TEXT = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
/** What MySQL compares exactly. */
const DIGITS = /^-?\d{1,35}(?:\.\d{1,30})?$/;

/**
 * What the literal of a condition must be to be compared with a column by what the column keeps; `undefined` where it
 * is that. A database asked to compare a number with a text does so by rules of its own, and says nothing.
 */
export function literalMisfit(condition: Condition, column: CatalogColumn, grammar: SqlGrammar): string | undefined {
  if (condition.value === null) return undefined;
  switch (column.kind) {
    case 'integer':
    case 'decimal':
    case 'float':
      return numberMisfit(condition, column, grammar);
    case 'boolean':
      return typeof condition.value === 'boolean' ? undefined : TRUTH;
    case 'text':
      return isText(condition) ? undefined : TEXT;
    case 'date':
      return textOf(condition, isCalendarDate) ? undefined : DAY;
    case 'datetime':
      return textOf(condition, isLocalTime) ? undefined : LOCAL_TIME;
    case 'instant':
      return textOf(condition, isInstant) ? undefined : INSTANT;
    case 'stored':
      return storedMisfit(condition, column);
    case 'other':
      return otherMisfit(condition, column, grammar);
  }
}

function numberMisfit(condition: Condition, { declared }: CatalogColumn, grammar: SqlGrammar): string | undefined {
  const mayBeTruth = grammar === 'mysql' && /^tinyint\(1\)/i.test(declared);
  if (mayBeTruth && typeof condition.value === 'boolean') return undefined;
  if (!isNumber(condition)) return mayBeTruth ? `${TRUTH}, or ${NUMBER}` : NUMBER;
  if (grammar === 'mysql' && !textOf(condition, (number) => DIGITS.test(number))) {
    return `${NUMBER}, of at most 35 digits and 30 decimals`;
  }
  return undefined;
}

/** In SQLite a declared type binds little: refused is only what no value of the column can ever be equal to. */
function storedMisfit(condition: Condition, { declared }: CatalogColumn): string | undefined {
  const affinity = affinityOf(declared);
  if (affinity === 'text') return isText(condition) ? undefined : TEXT;
  const keepsNumbers = affinity === 'number';
  if (keepsNumbers && isText(condition) && textOf(condition, (text) => NUMERIC_TEXT.test(text))) return NUMBER;
  return undefined;
}

/** PostgreSQL refuses by itself what does not fit a type; MySQL would convert it, or the column. */
function otherMisfit(condition: Condition, column: CatalogColumn, grammar: SqlGrammar): string | undefined {
  const type = baseName(column.declared);
  if (grammar === 'postgres') return PRINTED_AS_TEXT.has(type) && !isText(condition) ? TEXT : undefined;
  if (type === 'bit' || type === 'year') {
    const mayBeTruth = /^bit\(1\)/i.test(column.declared);
    if (mayBeTruth && typeof condition.value === 'boolean') return undefined;
    return isNumber(condition) ? undefined : NUMBER;
  }
  if (!isText(condition)) return TEXT;
  const isOrdering = condition.operator !== '=' && condition.operator !== '!=';
  return isOrdering ? 'compared by = or !=, since its order is not that of its text' : undefined;
}

/** Types of PostgreSQL that are texts compared in a way of their own: without their padding, or without regard to case. */
export const PRINTED_AS_TEXT: ReadonlySet<string> = new Set(['character', 'bpchar', 'citext', 'name', '"char"']);

/** A time as MySQL takes it: in UTC, as its sessions are, and without a zone. */
export function utcTime(text: string): string {
  const time = readDateTime(text, undefined, 'UTC');
  return time.ok ? time.value.replace('T', ' ').replace('Z', '') : text;
}

function isNumber({ value, literal }: Condition): boolean {
  return typeof value === 'string' && literal !== 'text';
}

function isText({ value, literal }: Condition): boolean {
  return typeof value === 'string' && literal !== 'number';
}

function textOf({ value }: Condition, holds: (text: string) => boolean): boolean {
  return typeof value === 'string' && holds(value);
}

function isLocalTime(text: string): boolean {
  if (!LOCAL.test(text)) return false;
  return text.length === 10 ? isCalendarDate(text) : readDateTime(text, undefined, 'UTC').ok;
}

function isInstant(text: string): boolean {
  return ZONED.test(text) && readDateTime(text, undefined, 'UTC').ok;
}
