import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import {
  BUSY,
  type Cast,
  DATABASE_MISSING,
  driverFields,
  failure,
  INTERRUPTED,
  LOGIN_REFUSED,
  NO_RIGHT,
  OUT_OF_RESOURCES,
  QUERY_FAILED,
  TABLE_MISSING,
  TIME_UP,
  TLS_DEMANDED,
  TRIES_TO_WRITE,
  UNREACHABLE,
  unexpected,
} from './cast.js';
import { networkCast } from './network.js';

/** MariaDB tells nobody that it was for want of TLS. */
const NOT_LET_IN: Cast = {
  ...LOGIN_REFUSED,
  remedy: `${LOGIN_REFUSED.remedy} A server that takes only TLS may say the same: see "tls:".`,
};

/** By the server's error number: the part of it that says who must act. */
const BY_NUMBER = new Map<number, Cast>([
  ...[1045, 1698, 1862, 1820, 3118, 4151, 1251].map((number): [number, Cast] => [number, NOT_LET_IN]),
  ...[1044, 1142, 1143, 1227, 1370, 1410, 1129, 1130, 1345].map((number): [number, Cast] => [number, NO_RIGHT]),
  [1049, DATABASE_MISSING],
  ...[1146, 1051, 1109].map((number): [number, Cast] => [number, TABLE_MISSING]),
  ...[1040, 1203, 1205, 1213, 1226, 3058].map((number): [number, Cast] => [number, BUSY]),
  ...[1021, 1037, 1038, 1041, 1114, 1135].map((number): [number, Cast] => [number, OUT_OF_RESOURCES]),
  ...[1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2002, 2003, 2006, 2013, 4031].map(
    (number): [number, Cast] => [number, UNREACHABLE],
  ),
  ...[1969, 3024].map((number): [number, Cast] => [number, TIME_UP]),
  [1317, INTERRUPTED],
  ...[1792, 1290, 1836].map((number): [number, Cast] => [number, TRIES_TO_WRITE]),
  [3159, TLS_DEMANDED],
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
    networkCast(code) ??
    (number !== undefined && number >= 1000 ? QUERY_FAILED : undefined);
  if (cast === undefined) return unexpected(place, message, error);
  return failure(cast, place, number === undefined ? `${message} (${code})` : `${message} (error ${number})`, error);
}
