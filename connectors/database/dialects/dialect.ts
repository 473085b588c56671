import type { ReadGuard } from '#connectors/sdk/limits.js';
import type { SlicedRows } from '#connectors/sdk/sliced-rows.js';
import type { Probe, RawCell } from '#connectors/sdk/types.js';
import type { BoundQuery } from '../named-parameters.js';
import type { SqlGrammar } from '../sql-tokens.js';

/** A value that has no text, such as a blob; `what` says what it is. */
export interface UnreadableValue {
  readonly what: string;
}

/** The asked-for cells of a row. */
export type ResultRow = readonly (RawCell | UnreadableValue)[];

/** Rows of a result that a dialect hands over at a time. */
export const CHUNK_ROWS = 1_000;

/** Finds the asked-for columns once the columns of a result are known. @throws PlumblineError `layout` */
export type LocateColumns = (present: readonly string[]) => readonly number[];

/** A small question answered before the first row of a read, in the same read-only transaction. */
export interface FirstQuestion {
  readonly query: BoundQuery;
  readonly locate: LocateColumns;
  /** All rows of the answer; a value without a text is `null`. */
  answered(rows: readonly (readonly RawCell[])[]): void;
}

/** Takes an answer in from the chunks that a stream gives. */
export async function answerFirst(first: FirstQuestion, chunks: AsyncIterable<readonly ResultRow[]>): Promise<void> {
  const rows: (readonly RawCell[])[] = [];
  for await (const chunk of chunks) {
    for (const row of chunk) rows.push(row.map((cell) => (typeof cell === 'string' ? cell : null)));
  }
  first.answered(rows);
}

/** One kind of database. Everything else in this room is the same for all of them. */
export interface Dialect {
  readonly grammar: SqlGrammar;
  /** File or server, as messages name it. */
  readonly place: string;
  check(signal: AbortSignal): Promise<readonly Probe[]>;
  /** Rows in chunks of at most {@link CHUNK_ROWS}. Throws only `PlumblineError`s; leaves nothing open when it ends. */
  stream(
    query: BoundQuery,
    locate: LocateColumns,
    guard: ReadGuard,
    first?: FirstQuestion,
  ): AsyncGenerator<readonly ResultRow[], void, void>;
  /** The same for many rows, whose cells stay in the bytes they came in; `stream` where a dialect has no such way. */
  streamSliced?(
    query: BoundQuery,
    locate: LocateColumns,
    guard: ReadGuard,
    first?: FirstQuestion,
  ): AsyncGenerator<SlicedRows | readonly ResultRow[], void, void>;
  close(): Promise<void>;
}
