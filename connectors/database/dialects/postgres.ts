import type pg from 'pg';
import Cursor from 'pg-cursor';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import type { Probe } from '#connectors/sdk/types.js';
import type { Ask } from '../check/probes.js';
import { checkPostgres } from '../check.js';
import type { BoundQuery } from '../named-parameters.js';
import type { PostgresConnection } from '../options.js';
import { abortable } from './abortable.js';
import { answerFirst, CHUNK_ROWS, type Dialect, type LocateColumns, type ResultRow } from './dialect.js';
import { cellReader } from './postgres-cells.js';
import { type PostgresServer, postgresServer } from './postgres-connection.js';
import { AS_TEXT, inReadOnlyTransaction, type Session } from './postgres-session.js';

const CHECK_LIMITS = { maxRows: 1000, maxBytes: 1_000_000, timeoutMs: 15_000 };

/** Rows of the first fetch, which tells how wide they are. */
const FIRST_ROWS = 100;
/** A fetch is held in memory whole, so wide rows are fetched fewer at a time. */
const FETCH_BYTES = 4_000_000;

/** A PostgreSQL server. */
export async function openPostgres(connection: PostgresConnection, baseDirectory: string): Promise<Dialect> {
  const server = await postgresServer(connection, baseDirectory);
  const place = `PostgreSQL database "${connection.database}" on ${connection.host}:${connection.port}`;
  return {
    grammar: 'postgres',
    place,
    async check(signal) {
      const guard = guardRead(`the check of ${place}`, CHECK_LIMITS, signal);
      try {
        return await checkPostgres(place, connection.user, (work) => withAsk(server, place, guard, work));
      } finally {
        guard.close();
      }
    },
    stream: (query, locate, guard, first) =>
      inReadOnlyTransaction(server, place, guard, async function* (session) {
        if (first !== undefined) await answerFirst(first, streamRows(session, first.query, first.locate, guard));
        yield* streamRows(session, query, locate, guard);
      }),
    close: () => server.close(),
  };
}

async function withAsk(
  server: PostgresServer,
  place: string,
  guard: ReadGuard,
  work: (ask: Ask) => Promise<readonly Probe[]>,
): Promise<readonly Probe[]> {
  const answers = inReadOnlyTransaction(server, place, guard, async function* ({ client }) {
    const ask: Ask = async (text) => (await client.query<unknown[]>({ text, rowMode: 'array', types: AS_TEXT })).rows;
    yield await abortable(work(ask), guard);
  });
  const probes: Probe[] = [];
  for await (const answer of answers) probes.push(...answer);
  return probes;
}

async function* streamRows(
  { client, isEncoded }: Session,
  { sql, values }: BoundQuery,
  locate: LocateColumns,
  guard: ReadGuard,
): AsyncGenerator<readonly ResultRow[], void, void> {
  const cursor = client.query(new Cursor<(string | null)[]>(sql, [...values], { rowMode: 'array', types: AS_TEXT }));
  let columns: ReturnType<typeof readers> | undefined;
  let wanted = FIRST_ROWS;
  for (;;) {
    const { rows, fields } = await abortable(fetch(cursor, wanted), guard);
    // An empty result must have the columns too.
    columns ??= readers(fields, locate, isEncoded);
    let bytes = 0;
    const chunk: ResultRow[] = [];
    for (const row of rows) {
      for (const cell of row) bytes += cell?.length ?? 0;
      chunk.push(
        columns.map(({ index, read }) => {
          const cell = row[index] ?? null;
          return cell === null ? null : read(cell);
        }),
      );
    }
    guard.addBytes(bytes);
    guard.checkpoint();
    if (chunk.length > 0) yield chunk;
    if (rows.length < wanted) return;
    wanted = Math.max(1, Math.min(CHUNK_ROWS, Math.floor((FETCH_BYTES * rows.length) / Math.max(1, bytes))));
  }
}

function readers(fields: readonly pg.FieldDef[], locate: LocateColumns, isEncoded: boolean) {
  return locate(fields.map((field) => field.name)).map((index) => {
    const field = fields[index];
    if (field === undefined) throw new RangeError(`A column was located at ${index} of ${fields.length}`);
    return { index, read: cellReader(field.dataTypeID, isEncoded) };
  });
}

interface Fetched {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly fields: readonly pg.FieldDef[];
}

function fetch(cursor: Cursor<(string | null)[]>, rows: number): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    cursor.read(rows, (error, fetched, result) => {
      if (error) reject(error);
      else resolve({ rows: fetched, fields: result.fields });
    });
  });
}
