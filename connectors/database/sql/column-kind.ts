import type { SqlGrammar } from '../sql-tokens.js';

/**
 * What a database surely keeps in a column, as far as it matters here. `stored` is SQLite, where any value may stand in
 * any column; `other` is whatever nothing is known of.
 */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'text'
  | 'date'
  | 'datetime'
  | 'instant'
  | 'stored'
  | 'other';

const MYSQL: ReadonlyMap<string, ColumnKind> = new Map([
  ...['tinyint', 'smallint', 'mediumint', 'int', 'integer', 'bigint'].map((name) => [name, 'integer'] as const),
  ...['decimal', 'numeric', 'dec', 'fixed'].map((name) => [name, 'decimal'] as const),
  ...['float', 'double', 'real'].map((name) => [name, 'float'] as const),
  ...['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum'].map((name) => [name, 'text'] as const),
  ['date', 'date'],
  ['datetime', 'datetime'],
  // Sessions here are in UTC, and its cells say so.
  ['timestamp', 'instant'],
]);

const POSTGRES: ReadonlyMap<string, ColumnKind> = new Map([
  ...['smallint', 'integer', 'bigint'].map((name) => [name, 'integer'] as const),
  ['numeric', 'decimal'],
  ...['real', 'double precision'].map((name) => [name, 'float'] as const),
  ['boolean', 'boolean'],
  // Not `character`: it is compared without its padding.
  ...['text', 'character varying'].map((name) => [name, 'text'] as const),
  ['date', 'date'],
  ['timestamp without time zone', 'datetime'],
  ['timestamp with time zone', 'instant'],
]);

/** @param declared as the catalog has it: `decimal(10,2)`, `timestamp(3) without time zone` */
export function columnKind(declared: string, grammar: SqlGrammar): ColumnKind {
  if (grammar === 'sqlite') return 'stored';
  return (grammar === 'mysql' ? MYSQL : POSTGRES).get(baseName(declared)) ?? 'other';
}

/** A declared type without its sizes and attributes; an array is none of what its elements are. */
export function baseName(declared: string): string {
  return declared
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/\b(?:unsigned|zerofill|signed)\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Digits in all of a decimal column; `undefined` where its type sets no bound. */
export function declaredPrecision(declared: string): number | undefined {
  const digits = /\((\d+)/.exec(declared)?.[1];
  // eslint-disable-next-line no-restricted-syntax -- a number of digits out of a type's name, not a value
  return digits === undefined ? undefined : Number.parseInt(digits, 10);
}
