import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import {
  BUSY,
  type Cast,
  DATABASE_DAMAGED,
  driverFields,
  failure,
  INTERRUPTED,
  NO_RIGHT,
  QUERY_FAILED,
  TABLE_MISSING,
  TRIES_TO_WRITE,
  UNREACHABLE,
  unexpected,
} from './cast.js';

const FILE_CLOSED_TO_US: Cast = {
  ...NO_RIGHT,
  remedy: 'Give the user that runs Plumbline read access to the file and its folder.',
};

/** An error of the SQLite driver as a typed failure. */
export function castSqliteError(error: unknown, file: string): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const { code, message } = driverFields(error);
  const place = `SQLite file "${file}"`;
  const cast = sqliteCast(code, message);
  if (cast !== undefined) return failure(cast, place, message, error);
  return unexpected(place, message, error);
}

function sqliteCast(code: string, message: string): Cast | undefined {
  const primary = /^SQLITE_[A-Z]+/.exec(code)?.[0];
  switch (primary) {
    case 'SQLITE_CANTOPEN':
      return {
        kind: 'not_found',
        code: 'SOURCE_FILE_NOT_FOUND',
        remedy: 'Bring the file back, or correct "file:" of the connection.',
      };
    case 'SQLITE_PERM':
    case 'SQLITE_AUTH':
      return FILE_CLOSED_TO_US;
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
    case 'SQLITE_PROTOCOL':
    case 'SQLITE_SCHEMA':
      return BUSY;
    case 'SQLITE_IOERR':
      return { ...UNREACHABLE, remedy: 'It is tried again; if it stays, look at the disk or the network share.' };
    case 'SQLITE_NOTADB':
      return {
        kind: 'config',
        code: 'SOURCE_NOT_A_DATABASE',
        remedy: 'Correct "file:" of the connection: this is no SQLite file, or an encrypted one.',
      };
    case 'SQLITE_CORRUPT':
      return { ...DATABASE_DAMAGED, remedy: 'Restore the file from a good copy (PRAGMA integrity_check tells more).' };
    case 'SQLITE_READONLY':
      return TRIES_TO_WRITE;
    case 'SQLITE_INTERRUPT':
      return INTERRUPTED;
    case 'SQLITE_ERROR':
    case 'SQLITE_TOOBIG':
    case 'SQLITE_MISMATCH':
    case 'SQLITE_RANGE':
      return /^no such table/.test(message) ? TABLE_MISSING : QUERY_FAILED;
    default:
      if (code === 'EACCES' || code === 'EPERM') return FILE_CLOSED_TO_US;
      // The driver's own refusals carry no SQLite code.
      if (/directory does not exist/.test(message)) {
        return {
          kind: 'not_found',
          code: 'SOURCE_FILE_NOT_FOUND',
          remedy: 'Bring the file back, or correct "file:" of the connection.',
        };
      }
      if (/parameter|more than one statement|no statements|does not return data/i.test(message)) {
        return {
          kind: 'config',
          code: 'SOURCE_QUERY_REFUSED',
          remedy: 'Give one SELECT; its only parameters are :period_start and :period_end.',
        };
      }
      return undefined;
  }
}
