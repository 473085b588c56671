/** The tables alone, for what no server can be brought to say in a test; the rest is provoked in `*.int.test.ts`. */
import { describe, expect, it } from 'vitest';
import { castMysqlError, castPostgresError, castSqliteError } from '#connectors/database/errors.js';

const driverError = (message: string, fields: object = {}): Error => Object.assign(new Error(message), fields);
const state = (code: string, message = 'words of the server'): Error => driverError(message, { code });
const numbered = (errno: number): Error => driverError('words of the server', { errno, code: 'ER_SOMETHING' });

describe('castPostgresError()', () => {
  it.each([
    ['08006', 'transient', 'SOURCE_UNREACHABLE'],
    ['08P01', 'transient', 'SOURCE_UNREACHABLE'],
    ['0A000', 'layout', 'SOURCE_QUERY_FAILED'],
    ['22003', 'layout', 'SOURCE_QUERY_FAILED'],
    ['25001', 'config', 'SOURCE_QUERY_REFUSED'],
    ['25006', 'config', 'SOURCE_QUERY_REFUSED'],
    ['25P03', 'timeout', 'SOURCE_TIMEOUT'],
    ['28000', 'auth', 'SOURCE_AUTH_REFUSED'],
    ['28P01', 'auth', 'SOURCE_AUTH_REFUSED'],
    ['3D000', 'not_found', 'SOURCE_DATABASE_MISSING'],
    ['3F000', 'layout', 'SOURCE_TABLE_MISSING'],
    ['40001', 'transient', 'SOURCE_BUSY'],
    ['40P01', 'transient', 'SOURCE_BUSY'],
    ['42501', 'permission', 'SOURCE_PERMISSION_DENIED'],
    ['42P01', 'layout', 'SOURCE_TABLE_MISSING'],
    ['42P08', 'layout', 'SOURCE_QUERY_FAILED'],
    ['53100', 'transient', 'SOURCE_BUSY'],
    ['53200', 'transient', 'SOURCE_BUSY'],
    ['53300', 'transient', 'SOURCE_BUSY'],
    ['53400', 'layout', 'SOURCE_QUERY_FAILED'],
    ['54000', 'layout', 'SOURCE_QUERY_FAILED'],
    ['55P03', 'transient', 'SOURCE_BUSY'],
    ['57P01', 'transient', 'SOURCE_UNREACHABLE'],
    ['57P02', 'transient', 'SOURCE_UNREACHABLE'],
    ['57P03', 'transient', 'SOURCE_UNREACHABLE'],
    ['57P04', 'not_found', 'SOURCE_DATABASE_MISSING'],
    ['57014', 'transient', 'SOURCE_QUERY_INTERRUPTED'],
    ['58030', 'transient', 'SOURCE_BUSY'],
    ['P0001', 'layout', 'SOURCE_QUERY_FAILED'],
    ['XX001', 'data', 'SOURCE_DATABASE_DAMAGED'],
  ])('takes SQLSTATE %s for %s %s', (code, kind, expected) => {
    expect(castPostgresError(state(code), 'the place')).toMatchObject({
      kind,
      code: expected,
      message: `Reading the place: words of the server (SQLSTATE ${code})`,
      remedy: expect.any(String),
    });
  });

  it('takes a cancel by the time limit for a time-out', () => {
    const error = state('57014', 'canceling statement due to statement timeout');
    expect(castPostgresError(error, 'p')).toMatchObject({ kind: 'timeout', code: 'SOURCE_TIMEOUT' });
  });

  it.each([
    ['no pg_hba.conf entry for host "10.0.0.9", user "r", database "d", no encryption', /accepts only TLS/],
    ['no pg_hba.conf entry for host "10.0.0.9", user "r", database "d", SSL off', /accepts only TLS/],
    ['connection requires a valid client certificate', /"cert:" and "key:"/],
  ])('takes "%s" for a matter of TLS', (message, remedy) => {
    expect(castPostgresError(state('28000', message), 'p')).toMatchObject({
      kind: 'config',
      code: 'SOURCE_TLS_FAILED',
      remedy: expect.stringMatching(remedy),
    });
  });

  it.each([
    ['Connection terminated unexpectedly', 'transient', 'SOURCE_UNREACHABLE'],
    ['timeout expired', 'transient', 'SOURCE_UNREACHABLE'],
    ['Client has encountered a connection error and is not queryable', 'transient', 'SOURCE_UNREACHABLE'],
    ['The server does not support SSL connections', 'config', 'SOURCE_TLS_FAILED'],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string', 'auth', 'SOURCE_AUTH_REFUSED'],
    ['something nobody ever saw', 'defect', 'BUG_UNEXPECTED_DRIVER_ERROR'],
  ])('takes "%s", which has no code, for %s', (message, kind, code) => {
    expect(castPostgresError(driverError(message), 'p')).toMatchObject({ kind, code });
  });
});

describe('castMysqlError()', () => {
  it.each([
    [1021, 'transient', 'SOURCE_BUSY'],
    [1037, 'transient', 'SOURCE_BUSY'],
    [1040, 'transient', 'SOURCE_BUSY'],
    [1053, 'transient', 'SOURCE_UNREACHABLE'],
    [1129, 'permission', 'SOURCE_PERMISSION_DENIED'],
    [1205, 'transient', 'SOURCE_BUSY'],
    [1213, 'transient', 'SOURCE_BUSY'],
    [1317, 'transient', 'SOURCE_QUERY_INTERRUPTED'],
    [1969, 'timeout', 'SOURCE_TIMEOUT'],
    [2013, 'transient', 'SOURCE_UNREACHABLE'],
    [3024, 'timeout', 'SOURCE_TIMEOUT'],
    [3159, 'config', 'SOURCE_TLS_FAILED'],
    [1792, 'config', 'SOURCE_QUERY_REFUSED'],
    [1690, 'layout', 'SOURCE_QUERY_FAILED'],
  ])('takes error %i for %s %s', (number, kind, code) => {
    expect(castMysqlError(numbered(number), 'p')).toMatchObject({ kind, code, remedy: expect.any(String) });
  });
});

describe('a driver error', () => {
  const casts = [castMysqlError, castPostgresError] as const;

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EPIPE'])(
    'of the network, %s, is transient',
    (code) => {
      for (const cast of casts)
        expect(cast(state(code), 'p')).toMatchObject({ kind: 'transient', code: 'SOURCE_UNREACHABLE' });
    },
  );

  it.each(['ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'EPROTO'])(
    'of TLS, %s, is a matter of configuration',
    (code) => {
      for (const cast of casts)
        expect(cast(state(code), 'p')).toMatchObject({ kind: 'config', code: 'SOURCE_TLS_FAILED' });
    },
  );

  it('that names several addresses in vain says why the first failed', () => {
    const failure = Object.assign(new AggregateError([driverError('connect ECONNREFUSED ::1:5432')]), {
      code: 'ECONNREFUSED',
    });
    expect(castPostgresError(failure, 'p').message).toContain('::1:5432');
  });

  it('that is cast already stays as it is', () => {
    const first = castPostgresError(state('40P01'), 'p');
    for (const cast of [...casts, castSqliteError]) expect(cast(first, 'q')).toBe(first);
  });
});
