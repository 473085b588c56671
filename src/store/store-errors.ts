import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError, type PlumblineErrorOptions } from '#src/domain/failure/plumbline-error.js';
import type { StoreLocation } from './types.js';

/** A driver's error by what happened, over both drivers. */
type Trouble =
  | 'unreachable'
  | 'auth'
  | 'permission'
  | 'unknown_database'
  | 'not_ready'
  | 'busy'
  | 'taken'
  | 'not_a_database'
  | 'damaged'
  | 'full'
  | 'read_only'
  | 'cannot_open'
  | 'io'
  | 'too_large';

/** SQLite's extended codes are matched by their beginning: `SQLITE_BUSY_SNAPSHOT` is `SQLITE_BUSY`. */
const SQLITE_TROUBLE: readonly (readonly [string, Trouble])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'taken'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'taken'],
  ['SQLITE_NOTADB', 'not_a_database'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_CANTOPEN', 'cannot_open'],
  ['SQLITE_PERM', 'cannot_open'],
  ['SQLITE_AUTH', 'cannot_open'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_TOOBIG', 'too_large'],
];

const DRIVER_TROUBLE: Readonly<Record<string, Trouble>> = {
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EPIPE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  PROTOCOL_CONNECTION_LOST: 'unreachable',
  ER_CON_COUNT_ERROR: 'unreachable',
  ER_SERVER_SHUTDOWN: 'unreachable',
  ER_CONNECTION_KILLED: 'unreachable',
  ER_ACCESS_DENIED_ERROR: 'auth',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'auth',
  ER_DBACCESS_DENIED_ERROR: 'auth',
  ER_TABLEACCESS_DENIED_ERROR: 'permission',
  ER_COLUMNACCESS_DENIED_ERROR: 'permission',
  ER_SPECIFIC_ACCESS_DENIED_ERROR: 'permission',
  ER_BAD_DB_ERROR: 'unknown_database',
  ER_NO_SUCH_TABLE: 'not_ready',
  ER_LOCK_DEADLOCK: 'busy',
  ER_LOCK_WAIT_TIMEOUT: 'busy',
  ER_CHECKREAD: 'busy',
  ER_DUP_ENTRY: 'taken',
  ER_RECORD_FILE_FULL: 'full',
  ER_DISK_FULL: 'full',
  ER_OPTION_PREVENTS_STATEMENT: 'read_only',
  ER_READ_ONLY_MODE: 'read_only',
  ER_DATA_TOO_LONG: 'too_large',
  ER_NET_PACKET_TOO_LARGE: 'too_large',
  ENOENT: 'cannot_open',
  ENOTDIR: 'cannot_open',
  EACCES: 'cannot_open',
  EPERM: 'cannot_open',
  EROFS: 'cannot_open',
  ENOSPC: 'full',
};

interface Wording {
  readonly kind: FailureKind;
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

const WORDING: Readonly<Record<Trouble, Wording>> = {
  unreachable: {
    kind: 'transient',
    code: 'STORE_UNREACHABLE',
    what: 'it cannot be reached',
    remedy: 'Check that the database server runs, and host and port under `store:` in site.yaml.',
  },
  auth: {
    kind: 'auth',
    code: 'STORE_AUTH',
    what: 'the database server refused the user',
    remedy: 'Check user and password under `store:` in site.yaml, and that the user may use this database.',
  },
  permission: {
    kind: 'permission',
    code: 'STORE_PERMISSION',
    what: 'the user lacks a right',
    remedy: 'Grant the user all rights on the tables and views of this database.',
  },
  unknown_database: {
    kind: 'config',
    code: 'STORE_UNKNOWN_DATABASE',
    what: 'the server has no database of this name',
    remedy: 'Create the database, or correct `database` under `store:` in site.yaml.',
  },
  not_ready: {
    kind: 'config',
    code: 'STORE_NOT_READY',
    what: 'its tables have not been made yet, or not all of them',
    remedy: 'Run `plumbline apply` once, or `plumbline run --once`, which does it too.',
  },
  busy: {
    kind: 'transient',
    code: 'STORE_BUSY',
    what: 'other processes kept it locked',
    remedy: 'Nothing to do where it is tried again; else look for a process that holds a transaction open.',
  },
  taken: {
    kind: 'transient',
    code: 'STORE_KEY_TAKEN',
    what: 'another process stored the same key first',
    remedy: 'Nothing to do: the step reads the newer state when it is tried again.',
  },
  not_a_database: {
    kind: 'config',
    code: 'STORE_NOT_A_DATABASE',
    what: 'the file is not an SQLite database',
    remedy: 'Point `file` under `store:` in site.yaml at another file; this one was left as it is.',
  },
  damaged: {
    kind: 'config',
    code: 'STORE_DAMAGED',
    what: 'the database file is damaged',
    remedy: 'Restore the file from a backup.',
  },
  full: {
    kind: 'transient',
    code: 'STORE_DISK_FULL',
    what: 'there is no space left',
    remedy: 'Free space on the disk of the store; what was cut off is written when it is tried again.',
  },
  read_only: {
    kind: 'permission',
    code: 'STORE_READ_ONLY',
    what: 'it can only be read',
    remedy:
      'Give the user of this process the right to write the file and its folder, or the server out of read-only mode.',
  },
  cannot_open: {
    kind: 'permission',
    code: 'STORE_CANNOT_OPEN',
    what: 'the file cannot be opened',
    remedy: 'Check that `file` under `store:` in site.yaml names a file in a folder that this user may write.',
  },
  io: {
    kind: 'transient',
    code: 'STORE_IO_ERROR',
    what: 'the disk gave an error',
    remedy: 'Check the disk; keep the store on a local one, never on a network share.',
  },
  too_large: {
    kind: 'config',
    code: 'STORE_VALUE_TOO_LARGE',
    what: 'a text is longer than its column or the server allows',
    remedy: 'Shorten the id or name, or raise `max_allowed_packet` of the server.',
  },
};

/** Where the store lives, in words without a secret. */
function placeOf(location: StoreLocation): string {
  return location.client === 'sqlite'
    ? `"${location.file}"`
    : `"${location.database}" on ${location.host}:${location.port}`;
}

/** Any thrown thing as a {@link PlumblineError}: what happened at which store, and who must act. */
export function toStoreError(error: unknown, location: StoreLocation): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const trouble = troubleOf(error);
  if (trouble !== undefined) return storeError(trouble, location, error);
  const message = `Using the reporting store ${placeOf(location)} failed: ${ownWords(error)}`;
  return new PlumblineError('defect', 'BUG_STORE_STATEMENT', message, withCause(error));
}

/** The error for a trouble that the store saw by itself, or in a driver's error. */
export function storeError(trouble: Trouble, location: StoreLocation, cause?: unknown): PlumblineError {
  const { kind, code, what, remedy } = WORDING[trouble];
  const message = `Using the reporting store ${placeOf(location)} failed: ${what}.`;
  return new PlumblineError(kind, code, message, { remedy, ...(cause === undefined ? {} : withCause(cause)) });
}

/** Whether it was locked by others, be it said by the driver or already in our words. */
export function isBusy(error: unknown): boolean {
  return error instanceof PlumblineError ? error.code === WORDING.busy.code : troubleOf(error) === 'busy';
}

export function isTaken(error: unknown): boolean {
  return troubleOf(error) === 'taken';
}

function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'KnexTimeoutError') return 'busy';
  const code = codeOf(error);
  if (code === 'SQLITE_ERROR' && error.message.includes('no such table')) return 'not_ready';
  return DRIVER_TROUBLE[code] ?? SQLITE_TROUBLE.find(([beginning]) => code.startsWith(beginning))?.[1];
}

/**
 * A cause that may be logged. The drivers' own errors hold the statement with its values: rows and addresses. Their
 * message is the statement, ` - `, and what the server said; only the latter is kept.
 */
function withCause(error: unknown): PlumblineErrorOptions {
  return { cause: error instanceof Error && codeOf(error) !== '' ? new Error(ownWords(error)) : error };
}

function ownWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = 'sqlMessage' in error && typeof error.sqlMessage === 'string' ? error.sqlMessage : undefined;
  const code = codeOf(error);
  return `${code === '' ? error.name : code}: ${said ?? error.message.split(' - ').at(-1)}`;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
