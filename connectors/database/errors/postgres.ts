import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import {
  BUSY,
  type Cast,
  DATABASE_DAMAGED,
  DATABASE_MISSING,
  driverFields,
  failure,
  INTERRUPTED,
  LOGIN_REFUSED,
  NO_RIGHT,
  NO_TLS,
  OUT_OF_RESOURCES,
  QUERY_FAILED,
  TABLE_MISSING,
  TIME_UP,
  TLS_DEMANDED,
  TLS_UNTRUSTED,
  TRIES_TO_WRITE,
  UNREACHABLE,
  unexpected,
} from './cast.js';
import { networkCast } from './network.js';

const NOT_LET_IN: Cast = {
  ...LOGIN_REFUSED,
  remedy:
    'Correct "user:" and the secret that "password:" refers to, and see that pg_hba.conf lets the account in from here.',
};
const CERTIFICATE_WANTED: Cast = {
  ...TLS_UNTRUSTED,
  remedy: 'The server wants a certificate of ours: give "cert:" and "key:" of the connection.',
};

/** By SQLSTATE; what is not here goes by its class. */
const BY_STATE = new Map<string, Cast>([
  ['3D000', DATABASE_MISSING],
  ['57P04', DATABASE_MISSING],
  ['42501', NO_RIGHT],
  ['42P01', TABLE_MISSING],
  ['3F000', TABLE_MISSING],
  ...['25006', '25001'].map((state): [string, Cast] => [state, TRIES_TO_WRITE]),
  ...['25P03', '25P04'].map((state): [string, Cast] => [state, TIME_UP]),
  ...['55P03', '55006', '72000'].map((state): [string, Cast] => [state, BUSY]),
  // A limit such as temp_file_limit: the same query meets it again.
  ['53400', QUERY_FAILED],
  ...['57P01', '57P02', '57P03', '57P05'].map((state): [string, Cast] => [state, UNREACHABLE]),
  ...['XX001', 'XX002'].map((state): [string, Cast] => [state, DATABASE_DAMAGED]),
]);

const BY_CLASS = new Map<string, Cast>([
  ['08', UNREACHABLE],
  ['28', NOT_LET_IN],
  ['40', BUSY],
  ['53', OUT_OF_RESOURCES],
  ['57', INTERRUPTED],
  ['58', OUT_OF_RESOURCES],
]);

/** The driver's own refusals carry no code. */
const BY_MESSAGE: readonly (readonly [RegExp, Cast])[] = [
  [/^The server does not support SSL connections/, NO_TLS],
  [/^SASL|^Password must be/i, NOT_LET_IN],
  [/^Connection terminated|connection error and is not queryable|^timeout expired|^Client was closed/, UNREACHABLE],
  [/^There was an error establishing an SSL connection/, UNREACHABLE],
];

/**
 * An error of the PostgreSQL driver as a typed failure.
 *
 * @param place server and database, without the password: drivers do not print it, and neither does this
 */
export function castPostgresError(error: unknown, place: string): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const { code, message } = driverFields(error);
  const isState = /^[0-9A-Z]{5}$/.test(code) && networkCast(code) === undefined;
  const cast = isState ? castOfState(code, message) : (networkCast(code) ?? castOfMessage(message));
  if (cast === undefined) return unexpected(place, message, error);
  return failure(cast, place, code === '' ? message : `${message} (${isState ? 'SQLSTATE ' : ''}${code})`, error);
}

function castOfState(state: string, message: string): Cast {
  // One state for the time limit and for somebody's cancel; where the server does not speak English, it is the latter,
  // and our own clock, which runs beside it, says the former.
  if (state === '57014') return /statement timeout/.test(message) ? TIME_UP : INTERRUPTED;
  if (state === '28000' && /no encryption|SSL off/.test(message)) return TLS_DEMANDED;
  if (state === '28000' && /client certificate/.test(message)) return CERTIFICATE_WANTED;
  return BY_STATE.get(state) ?? BY_CLASS.get(state.slice(0, 2)) ?? QUERY_FAILED;
}

function castOfMessage(message: string): Cast | undefined {
  return BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1];
}
