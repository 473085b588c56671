import type mysql from 'mysql2';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import { connectionLost } from '../errors.js';
import type { BoundQuery } from '../named-parameters.js';

/** The cells of a row as the server printed them. */
export type PrintedRow = readonly (Buffer | null)[];

/** Puts the rows of a result together to what a reader takes at a time. */
export interface ChunkBuilder<Chunk> {
  /** @returns whether there is enough for a reader to be woken */
  add(row: PrintedRow): boolean;
  /** All rows so far, and the bytes of all their cells. The builder starts anew; chunks are good until then. */
  take(): { readonly chunks: readonly Chunk[]; readonly bytes: number };
}

/** Begins a result, once its columns are known. @throws PlumblineError `layout` */
export type BeginChunks<Chunk> = (fields: readonly mysql.FieldPacket[]) => ChunkBuilder<Chunk>;

/**
 * Sends a statement, and gives its rows in chunks. Between them the connection stands still, so that nothing is read ahead.
 *
 * Rows are taken from the driver's events and not from its stream, which costs as much for a row as everything else here.
 */
export async function* statementChunks<Chunk>(
  connection: mysql.PoolConnection,
  place: string,
  query: BoundQuery,
  begin: BeginChunks<Chunk>,
  guard: ReadGuard,
): AsyncGenerator<Chunk, void, void> {
  let builder: ChunkBuilder<Chunk> | undefined;
  /** Set as soon as no more rows are wanted. */
  let failure: { readonly error: unknown } | undefined;
  let hasEnough = false;
  let hasEnded = false;
  let wake = (): void => {};
  const fail = (error: unknown): void => {
    failure ??= { error };
    wake();
  };
  /** What is thrown inside an event would end up inside the driver. */
  const shielded = (work: () => void): void => {
    if (failure !== undefined) return;
    try {
      work();
    } catch (error) {
      fail(error);
    }
  };
  const onAbort = (): void => fail(guard.stopped());
  // A connection that is closed on the other side tells nobody who reads rows from it (mysql2 #3082).
  const onLost = (error?: Error): void => fail(error ?? connectionLost(place));
  guard.signal.addEventListener('abort', onAbort, { once: true });
  connection.once('error', onLost);
  connection.once('end', onLost);
  try {
    guard.checkpoint();
    const values = query.values.length === 0 ? {} : { values: [...query.values] };
    const rows = connection.query({ sql: query.sql, ...values, rowsAsArray: true, typeCast: false });
    rows.on('error', fail);
    rows.on('end', () => {
      hasEnded = true;
      wake();
    });
    rows.on('fields', (fields: readonly mysql.FieldPacket[] | undefined) =>
      shielded(() => {
        builder = begin(fields ?? []);
      }),
    );
    rows.on('result', (row: unknown) =>
      shielded(() => {
        if (builder?.add(printedRow(row)) !== true || hasEnough) return;
        hasEnough = true;
        // The rest of what came in one piece over the wire is added before the reader's turn comes.
        wake();
      }),
    );
    for (;;) {
      while (!hasEnough && !hasEnded && failure === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (failure !== undefined) throw failure.error;
      const ended = hasEnded;
      // A statement without a result has no columns, which the reader is to be told.
      builder ??= begin([]);
      const { chunks, bytes } = builder.take();
      guard.addBytes(bytes);
      if (!ended) connection.pause();
      yield* chunks;
      guard.checkpoint();
      if (ended) return;
      hasEnough = false;
      connection.resume();
    }
  } finally {
    if (!hasEnded) {
      // Rows that still come are let go by: a connection that stands still would not notice its end.
      failure ??= { error: undefined };
      connection.resume();
    }
    guard.signal.removeEventListener('abort', onAbort);
    connection.off('error', onLost);
    connection.off('end', onLost);
  }
}

function printedRow(row: unknown): PrintedRow {
  if (Array.isArray(row)) return row;
  throw new TypeError('The driver gave a row that is no array');
}
