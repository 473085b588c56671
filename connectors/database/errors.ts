import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

interface Cast {
  readonly kind: FailureKind;
  readonly code: string;
  readonly remedy: string;
}

const UNREACHABLE: Cast = {
  kind: 'transient',
  code: 'SOURCE_UNREACHABLE',
  remedy: 'It is tried again; if it stays, check that the server runs and can be reached at this host and port.',
};
const BUSY: Cast = {
  kind: 'transient',
  code: 'SOURCE_BUSY',
  remedy: 'It is tried again; if it stays, look for a long transaction or for too many connections.',
};
const LOGIN_REFUSED: Cast = {
  kind: 'auth',
  code: 'SOURCE_AUTH_REFUSED',
  remedy: 'Correct "user:" and the secret that "password:" refers to, and from where the account may log in.',
};
const NO_RIGHT: Cast = {
  kind: 'permission',
  code: 'SOURCE_PERMISSION_DENIED',
  remedy: 'Grant the account SELECT on what the query reads (a server may also say this of a table that is not there).',
};
const FILE_CLOSED_TO_US: Cast = {
  ...NO_RIGHT,
  remedy: 'Give the user that runs Plumbline read access to the file and its folder.',
};
const TABLE_MISSING: Cast = {
  kind: 'layout',
  code: 'SOURCE_TABLE_MISSING',
  remedy: 'Bring the table back under its name, or correct the query.',
};
const QUERY_FAILED: Cast = {
  kind: 'layout',
  code: 'SOURCE_QUERY_FAILED',
  remedy: 'Run the query by hand on this database and correct it, or what changed in its tables.',
};
const DATABASE_MISSING: Cast = {
  kind: 'not_found',
  code: 'SOURCE_DATABASE_MISSING',
  remedy: 'Correct "database:" of the connection, or bring the database back.',
};
const TIME_UP: Cast = {
  kind: 'timeout',
  code: 'SOURCE_TIMEOUT',
  remedy: 'Make the query faster (an index, a narrower window), or raise "limits: { seconds }" of the extract.',
};
const INTERRUPTED: Cast = {
  kind: 'transient',
  code: 'SOURCE_QUERY_INTERRUPTED',
  remedy: 'Somebody or something on the server stopped the query; it is tried again.',
};
const TRIES_TO_WRITE: Cast = {
  kind: 'config',
  code: 'SOURCE_QUERY_REFUSED',
  remedy: 'Let the query only read; sources are opened read-only.',
};
const NO_TLS: Cast = {
  kind: 'config',
  code: 'SOURCE_TLS_FAILED',
  remedy: 'Switch TLS on at the server, or set "tls: off" of the connection if the network between is trusted.',
};
const TLS_UNTRUSTED: Cast = {
  kind: 'config',
  code: 'SOURCE_TLS_FAILED',
  remedy: 'Give the certificate authority as "ca:", or correct the host to the name in the certificate.',
};

/** By the server's error number: the part of it that says who must act. */
const BY_NUMBER = new Map<number, Cast>([
  ...[1045, 1698, 1862, 1820, 3118, 4151, 1251].map((number): [number, Cast] => [number, LOGIN_REFUSED]),
  ...[1044, 1142, 1143, 1227, 1370, 1410, 1130, 1345].map((number): [number, Cast] => [number, NO_RIGHT]),
  [1049, DATABASE_MISSING],
  ...[1146, 1051, 1109].map((number): [number, Cast] => [number, TABLE_MISSING]),
  ...[1040, 1203, 1205, 1213, 1226].map((number): [number, Cast] => [number, BUSY]),
  ...[1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2002, 2003, 2006, 2013, 4031].map(
    (number): [number, Cast] => [number, UNREACHABLE],
  ),
  ...[1969, 3024].map((number): [number, Cast] => [number, TIME_UP]),
  [1317, INTERRUPTED],
  ...[1792, 1290, 1836].map((number): [number, Cast] => [number, TRIES_TO_WRITE]),
  [3159, { ...TLS_UNTRUSTED, remedy: 'The server accepts only TLS: set "tls:" of the connection to verify-identity.' }],
]);

/** By the code of the driver or the network. */
const BY_CODE = new Map<string, Cast>([
  ...[
    ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'],
    ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNABORTED'],
  ].map((code): [string, Cast] => [code, UNREACHABLE]),
  ['HANDSHAKE_NO_SSL_SUPPORT', NO_TLS],
  ...[
    ...[
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_HAS_EXPIRED',
    ],
    ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ...['CERT_NOT_YET_VALID', 'HANDSHAKE_SSL_ERROR', 'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED'],
  ].map((code): [string, Cast] => [code, TLS_UNTRUSTED]),
]);

/**
 * An error of the MySQL driver as a typed failure.
 *
 * @param place server and database, without the password: drivers do not print it, and neither does this
 */
export function castMysqlError(error: unknown, place: string): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const { number, code, message } = driverFields(error);
  const cast =
    (number === undefined ? undefined : BY_NUMBER.get(number)) ??
    BY_CODE.get(code) ??
    (/^ERR_(SSL|TLS)_|^EPROTO$/.test(code) ? TLS_UNTRUSTED : undefined) ??
    (number !== undefined && number >= 1000 ? QUERY_FAILED : undefined);
  if (cast === undefined) {
    return new PlumblineError('defect', 'BUG_UNEXPECTED_DRIVER_ERROR', `Reading ${place}: ${message}`, {
      cause: error,
    });
  }
  return failure(cast, place, number === undefined ? `${message} (${code})` : `${message} (error ${number})`, error);
}

/** The server closed the connection without a word: it stopped, or somebody killed the connection. */
export function connectionLost(place: string): PlumblineError {
  return new PlumblineError(UNREACHABLE.kind, UNREACHABLE.code, `Reading ${place}: the server closed the connection`, {
    remedy: UNREACHABLE.remedy,
  });
}

/** An error of the SQLite driver as a typed failure. */
export function castSqliteError(error: unknown, file: string): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const { code, message } = driverFields(error);
  const place = `SQLite file "${file}"`;
  const cast = sqliteCast(code, message);
  if (cast !== undefined) return failure(cast, place, message, error);
  return new PlumblineError('defect', 'BUG_UNEXPECTED_DRIVER_ERROR', `Reading ${place}: ${message}`, { cause: error });
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
      return {
        kind: 'data',
        code: 'SOURCE_DATABASE_DAMAGED',
        remedy: 'Restore the file from a good copy (PRAGMA integrity_check tells more).',
      };
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

function failure(cast: Cast, place: string, reason: string, cause: unknown): PlumblineError {
  return new PlumblineError(cast.kind, cast.code, `Reading ${place}: ${reason}`, { remedy: cast.remedy, cause });
}

function driverFields(error: unknown): { readonly number?: number; readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const number = 'errno' in error && typeof error.errno === 'number' && error.errno > 0 ? error.errno : undefined;
  // Several addresses tried in vain come as one error without a text of its own.
  const [first]: unknown[] = error instanceof AggregateError ? error.errors : [];
  const message = error.message !== '' ? error.message : first instanceof Error ? first.message : error.name;
  return number === undefined ? { code, message } : { number, code, message };
}
