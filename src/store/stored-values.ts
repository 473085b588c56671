import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Instant } from '#src/domain/period/types.js';

const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/;

/** An instant as it is stored: always with milliseconds, so that text order is time order in every dialect. */
export function storedInstant(instant: Instant): string {
  const match = INSTANT.exec(instant);
  if (match?.[1] === undefined) {
    throw new PlumblineError(
      'defect',
      'BUG_BAD_INSTANT',
      `Storing "${instant}" as an instant: it is not UTC ISO text.`,
    );
  }
  return `${match[1]}.${(match[2] ?? '').padEnd(3, '0').slice(0, 3)}Z`;
}

/** A stored instant as the domain writes it: with a fraction only where it is not zero. */
export function plainInstant(stored: string): Instant {
  return stored.replace(/\.?0*Z$/, 'Z');
}

type NullableKey<T> = { [K in keyof T]: null extends T[K] ? K : never }[keyof T];
type WithoutNulls<T> = Omit<T, NullableKey<T>> & { readonly [K in NullableKey<T>]?: Exclude<T[K], null> };

/** The same object without the keys whose value is null: a NULL column is an absent property. */
export function withoutNulls<T extends object>(row: T): WithoutNulls<T> {
  const present: Partial<T> = {};
  for (const key in row) if (row[key] !== null) present[key] = row[key];
  return present as WithoutNulls<T>;
}

/** What a column of JSON holds; null where it is NULL. */
export function fromJson<T>(text: string | null): T | null {
  return text === null ? null : JSON.parse(text);
}

/** A number of rows or events. MySQL gives wide integers and COUNT(*) as text. */
export function toCount(stored: number | string): number {
  return Number(stored);
}

/** The columns of a table, each qualified by it. */
export function columnsOf(table: string, columns: readonly string[]): string[] {
  return columns.map((column) => `${table}.${column}`);
}
