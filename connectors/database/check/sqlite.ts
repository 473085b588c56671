import { accessSync, constants, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { Probe } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { castSqliteError } from '../errors.js';
import { failed } from './probes.js';

/** Asks of a SQLite file: is it there, can it be read as a database, could it be written? */
export async function checkSqlite(
  file: string,
  open: () => Database.Database,
  signal: AbortSignal,
): Promise<readonly Probe[]> {
  throwIfCancelled(signal);
  try {
    const database = open();
    try {
      const { tables } = database
        .prepare<[], { tables: bigint }>("select count(*) as tables from sqlite_master where type in ('table', 'view')")
        .get() ?? { tables: 0n };
      const { version } = database.prepare<[], { version: string }>('select sqlite_version() as version').get() ?? {};
      const bytes = statSync(file).size;
      return [
        { name: 'file', outcome: 'ok', message: `"${file}" is a SQLite file of ${bytes} bytes (SQLite ${version})` },
        tables > 0n
          ? {
              name: 'tables',
              outcome: 'ok',
              message: tables === 1n ? 'It holds one table or view' : `It holds ${tables} tables and views`,
            }
          : {
              name: 'tables',
              outcome: 'warn',
              message: 'It holds no table',
              remedy: 'Check that "file:" names the right one.',
            },
        readOnlyProbe(file),
      ];
    } finally {
      database.close();
    }
  } catch (error) {
    return [failed('file', castSqliteError(error, file))];
  }
}

function readOnlyProbe(file: string): Probe {
  const name = 'read-only';
  try {
    accessSync(file, constants.W_OK);
    return { name, outcome: 'ok', message: 'It is opened read-only (the file itself could be written by this user)' };
  } catch {
    return { name, outcome: 'ok', message: 'It is opened read-only, and this user may not write it' };
  }
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', 'The check was cancelled');
}
