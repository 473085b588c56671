import { connect, isIP } from 'node:net';
import type mysql from 'mysql2';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { MysqlConnection } from '../options.js';
import { serverTls } from './server-tls.js';
import type { TrackedSockets } from './tracked-sockets.js';

/** Connections one source holds at most: as many as steps of a run pull at once, so that none waits in line. A read uses one; a cancelled one another outside of these, to stop it. */
export const MAX_CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 10_000;

/** How to connect: read-only in spirit, exact in values, one statement at a time. */
export async function connectionOptions(
  connection: MysqlConnection,
  baseDirectory: string,
  { track }: TrackedSockets,
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
    // As the driver makes its own.
    stream: () => track(connect({ host, port }).setNoDelay(true).setKeepAlive(true)),
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

/** The driver checks an identity by name only. */
async function tlsOptions(connection: MysqlConnection, baseDirectory: string): Promise<mysql.SslOptions | undefined> {
  const tls = await serverTls(connection, baseDirectory);
  if (tls === undefined) return undefined;
  const { mode, ...files } = tls;
  if (mode === 'verify-identity' && isIP(connection.host) !== 0) {
    throw new PlumblineError(
      'config',
      'SOURCE_TLS_FAILED',
      `Connecting to "${connection.host}": with "tls: verify-identity" the host must be a name, this is an address`,
      { remedy: 'Write the name that stands in the certificate as "host:", or set "tls: verify-ca".' },
    );
  }
  return { ...files, rejectUnauthorized: mode !== 'require', verifyIdentity: mode === 'verify-identity' };
}
