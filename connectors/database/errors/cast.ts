import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** What a driver's error means: who must act, and how. */
export interface Cast {
  readonly kind: FailureKind;
  readonly code: string;
  readonly remedy: string;
}

export const UNREACHABLE: Cast = {
  kind: 'transient',
  code: 'SOURCE_UNREACHABLE',
  remedy: 'It is tried again; if it stays, check that the server runs and can be reached at this host and port.',
};
export const BUSY: Cast = {
  kind: 'transient',
  code: 'SOURCE_BUSY',
  remedy: 'It is tried again; if it stays, look for a long transaction or for too many connections.',
};
export const OUT_OF_RESOURCES: Cast = {
  ...BUSY,
  remedy: 'It is tried again; if it stays, the server is short of connections, memory or disk.',
};
export const LOGIN_REFUSED: Cast = {
  kind: 'auth',
  code: 'SOURCE_AUTH_REFUSED',
  remedy: 'Correct "user:" and the secret that "password:" refers to, and from where the account may log in.',
};
export const NO_RIGHT: Cast = {
  kind: 'permission',
  code: 'SOURCE_PERMISSION_DENIED',
  remedy: 'Grant the account SELECT on what the query reads (a server may also say this of a table that is not there).',
};
export const TABLE_MISSING: Cast = {
  kind: 'layout',
  code: 'SOURCE_TABLE_MISSING',
  remedy: 'Bring the table back under its name, or correct the query.',
};
export const QUERY_FAILED: Cast = {
  kind: 'layout',
  code: 'SOURCE_QUERY_FAILED',
  remedy: 'Run the query by hand on this database and correct it, or what changed in its tables.',
};
export const DATABASE_MISSING: Cast = {
  kind: 'not_found',
  code: 'SOURCE_DATABASE_MISSING',
  remedy: 'Correct "database:" of the connection, or bring the database back.',
};
export const TIME_UP: Cast = {
  kind: 'timeout',
  code: 'SOURCE_TIMEOUT',
  remedy: 'Make the query faster (an index, a narrower window), or raise "limits: { seconds }" of the extract.',
};
export const INTERRUPTED: Cast = {
  kind: 'transient',
  code: 'SOURCE_QUERY_INTERRUPTED',
  remedy: 'Somebody or something on the server stopped the query; it is tried again.',
};
export const TRIES_TO_WRITE: Cast = {
  kind: 'config',
  code: 'SOURCE_QUERY_REFUSED',
  remedy: 'Let the query only read; sources are opened read-only.',
};
export const DATABASE_DAMAGED: Cast = {
  kind: 'data',
  code: 'SOURCE_DATABASE_DAMAGED',
  remedy: 'The server reports damaged data: restore it from a good copy.',
};
export const NO_TLS: Cast = {
  kind: 'config',
  code: 'SOURCE_TLS_FAILED',
  remedy: 'Switch TLS on at the server, or set "tls: off" of the connection if the network between is trusted.',
};
export const TLS_DEMANDED: Cast = {
  kind: 'config',
  code: 'SOURCE_TLS_FAILED',
  remedy: 'The server accepts only TLS: set "tls:" of the connection to verify-identity (or verify-ca, require).',
};
export const TLS_UNTRUSTED: Cast = {
  kind: 'config',
  code: 'SOURCE_TLS_FAILED',
  remedy: 'Give the certificate authority as "ca:", or correct the host to the name in the certificate.',
};

export function failure({ kind, code, remedy }: Cast, place: string, reason: string, cause: unknown): PlumblineError {
  return new PlumblineError(kind, code, `Reading ${place}: ${reason}`, { remedy, cause });
}

/** What a driver nobody has a meaning for threw. */
export function unexpected(place: string, message: string, cause: unknown): PlumblineError {
  return new PlumblineError('defect', 'BUG_UNEXPECTED_DRIVER_ERROR', `Reading ${place}: ${message}`, { cause });
}

export function driverFields(error: unknown): {
  readonly number?: number;
  readonly code: string;
  readonly message: string;
} {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const number = 'errno' in error && typeof error.errno === 'number' && error.errno > 0 ? error.errno : undefined;
  // Several addresses tried in vain come as one error without a text of its own.
  const [first]: unknown[] = error instanceof AggregateError ? error.errors : [];
  const message = error.message !== '' ? error.message : first instanceof Error ? first.message : error.name;
  return number === undefined ? { code, message } : { number, code, message };
}
