import type { Dialect } from '../dialect/dialect-options.js';

/** The bytes that have a meaning in a dialect. */
export interface Marks {
  /** UTF-8 of the delimiter; empty where there is none. */
  readonly delimiter: Uint8Array;
  /** UTF-8 of the quote; empty where there is none. */
  readonly quote: Uint8Array;
  /** The byte that takes the next one's meaning away; -1 where quotes are doubled instead. */
  readonly escape: number;
  /** Spaces and tabs around fields mean nothing. */
  readonly trim: boolean;
}

export const LINE_FEED = 10;
export const RETURN = 13;
export const COMMA = 44;
const BACKSLASH = 92;

export function marksOf(dialect: Omit<Dialect, 'encoding'>, trim: boolean): Marks {
  return {
    delimiter: Buffer.from(dialect.delimiter ?? ''),
    quote: Buffer.from(dialect.quote ?? ''),
    escape: dialect.escape === 'backslash' && dialect.quote !== undefined ? BACKSLASH : -1,
    trim,
  };
}
