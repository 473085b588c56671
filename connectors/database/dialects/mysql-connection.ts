import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type mysql from 'mysql2';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { MysqlConnection } from '../options.js';

/** Connections one source holds at most. A read uses one; a cancelled one another outside of these, to stop it. */
export const MAX_CONNECTIONS = 2;
const CONNECT_TIMEOUT_MS = 10_000;

/** How to connect: read-only in spirit, exact in values, one statement at a time. */
export async function connectionOptions(
  connection: MysqlConnection,
  baseDirectory: string,
): Promise<mysql.ConnectionOptions> {
  const { host, port, user, password, database } = connection;
  const ssl = await tlsOptions(connection, baseDirectory);
  return {
    host,
    port,
    user,
    password,
    database,
    ...(ssl === undefined ? {} : { ssl }),
    charset: 'utf8mb4',
    connectTimeout: CONNECT_TIMEOUT_MS,
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    timezone: 'Z',
  };
}

/** The mode in force: on this machine itself nothing can listen in between. */
function tlsMode(connection: MysqlConnection): NonNullable<MysqlConnection['tls']> {
  return connection.tls ?? (isLoopback(connection.host) ? 'off' : 'verify-identity');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

async function tlsOptions(connection: MysqlConnection, baseDirectory: string): Promise<mysql.SslOptions | undefined> {
  const mode = tlsMode(connection);
  if (mode === 'off') return undefined;
  if (mode === 'require') return { rejectUnauthorized: false };
  if (mode === 'verify-identity' && isIP(connection.host) !== 0) {
    throw new PlumblineError(
      'config',
      'SOURCE_TLS_FAILED',
      `Connecting to "${connection.host}": with "tls: verify-identity" the host must be a name, this is an address`,
      { remedy: 'Write the name that stands in the certificate as "host:", or set "tls: verify-ca".' },
    );
  }
  const ca =
    connection.ca === undefined ? undefined : await certificateAuthority(resolve(baseDirectory, connection.ca));
  return { rejectUnauthorized: true, verifyIdentity: mode === 'verify-identity', ...(ca === undefined ? {} : { ca }) };
}

async function certificateAuthority(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new PlumblineError(
      'config',
      'SOURCE_TLS_FAILED',
      `Reading the certificate authority "${path}": it cannot be read`,
      {
        remedy:
          'Correct "ca:" of the connection (relative to the configuration folder) to a PEM file that can be read.',
        cause: error,
      },
    );
  }
}
