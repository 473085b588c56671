import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import type { RawCell } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { checkSqlite } from '../check.js';
import { castSqliteError } from '../errors.js';
import type { BoundQuery } from '../named-parameters.js';
import type { SqliteConnection } from '../options.js';
import { plainNumber } from '../plain-number.js';
import {
  answerFirst,
  CHUNK_ROWS,
  type Dialect,
  type FirstQuestion,
  type LocateColumns,
  type ResultRow,
  type UnreadableValue,
} from './dialect.js';

/** How long a locked file is waited for. The driver waits without letting anything else run, so this is short. */
const BUSY_MS = 250;
/** Longest the event loop is kept from other work while rows arrive. */
const TURN_MS = 20;
/** Rows between two looks at the clock. */
const CLOCK_ROWS = 50;

/** A SQLite file, opened anew and read-only for each read. */
export function openSqlite(connection: SqliteConnection, baseDirectory: string): Dialect {
  const file = resolve(baseDirectory, connection.file);
  const open = (): Database.Database => openFile(file);
  return {
    grammar: 'sqlite',
    place: `SQLite file "${file}"`,
    check: (signal) => checkSqlite(file, open, signal),
    stream: (query, locate, guard, first) => streamRows(file, open, query, locate, guard, first),
    close: async () => {},
  };
}

function openFile(file: string): Database.Database {
  try {
    assertFile(file);
    const database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
    database.defaultSafeIntegers(true);
    return database;
  } catch (error) {
    throw castSqliteError(error, file);
  }
}

/** SQLite says "cannot open" or "I/O error" for whatever is in the way; these are told apart here. */
function assertFile(file: string): void {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status !== undefined && !status.isFile()) {
    throw new PlumblineError('not_found', 'SOURCE_FILE_NOT_FOUND', `Reading SQLite file "${file}": this is no file`, {
      remedy: 'Correct "file:" of the connection (it is relative to the configuration folder).',
    });
  }
  if (status !== undefined) accessSync(file, constants.R_OK);
}

async function* streamRows(
  file: string,
  open: () => Database.Database,
  query: BoundQuery,
  locate: LocateColumns,
  guard: ReadGuard,
  first?: FirstQuestion,
): AsyncGenerator<readonly ResultRow[], void, void> {
  const database = open();
  try {
    if (first !== undefined) {
      // Until it is closed, the connection sees the file as it is at the first statement.
      database.exec('begin');
      await answerFirst(first, statementRows(database, first.query, first.locate, guard));
    }
    yield* statementRows(database, query, locate, guard);
  } catch (error) {
    throw castSqliteError(error, file);
  } finally {
    database.close();
  }
}

async function* statementRows(
  database: Database.Database,
  query: BoundQuery,
  locate: LocateColumns,
  guard: ReadGuard,
): AsyncGenerator<readonly ResultRow[], void, void> {
  const statement = database.prepare<unknown[], unknown[]>(query.sql);
  const indexes = locate(statement.columns().map((column) => column.name));
  let chunk: ResultRow[] = [];
  let sinceClock = 0;
  let turnedAt = performance.now();
  for (const row of statement.raw(true).iterate(...query.values)) {
    const cells = indexes.map((index) => cellText(row[index]));
    guard.addBytes(cells.reduce((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 0), 0));
    chunk.push(cells);
    if (chunk.length === CHUNK_ROWS) {
      yield chunk;
      chunk = [];
    }
    sinceClock += 1;
    if (sinceClock < CLOCK_ROWS) continue;
    sinceClock = 0;
    if (performance.now() - turnedAt > TURN_MS) {
      await nextTurn();
      turnedAt = performance.now();
    }
    guard.checkpoint();
  }
  if (chunk.length > 0) yield chunk;
}

/** Integers exactly; a REAL as the shortest text that means the same double. */
function cellText(value: unknown): RawCell | UnreadableValue {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    return Number.isFinite(value) ? plainNumber(String(value)) : { what: `the number ${value}` };
  }
  if (value instanceof Uint8Array) return { what: `${value.length} bytes (BLOB)` };
  return { what: `a value of type ${typeof value}` };
}
