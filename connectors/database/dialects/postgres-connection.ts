import { connect, Socket } from 'node:net';
import pg from 'pg';
import type { PostgresConnection } from '../options.js';
import { cancelKey, cancelOnServer } from './postgres-cancel.js';
import { postgresTls } from './postgres-tls.js';
import { serverTls } from './server-tls.js';
import { trackedSockets } from './tracked-sockets.js';

/** Connections one source holds at most: as many as steps of a run pull at once, so that none waits in line. A cancelled read opens another outside of these, for an instant, to stop it. */
const MAX_CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_MS = 10_000;

/** A pool of sessions on one server, and what they leave behind under control. */
export interface PostgresServer {
  readonly pool: pg.Pool;
  /** Drops a session in the middle of something, and has the server stop what it still does for it. */
  abandon(client: pg.PoolClient): Promise<void>;
  close(): Promise<void>;
}

/** The pool's own limit on connecting would hold for waiting in line too, which the read's time bounds. */
class PromptClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    // The pool hides the password from whoever lists its options, and a spread does.
    super({ ...config, password: config?.password, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  }
}

export async function postgresServer(connection: PostgresConnection, baseDirectory: string): Promise<PostgresServer> {
  const { host, port, user, password, database } = connection;
  const files = await serverTls(connection, baseDirectory);
  const tls = files === undefined ? undefined : postgresTls(files);
  const sockets = trackedSockets();
  const pool = new pg.Pool({
    host,
    port,
    user,
    password,
    database,
    // All that could come from the environment of this process is said here.
    ssl: tls ?? false,
    sslnegotiation: 'postgres',
    client_encoding: 'UTF8',
    application_name: 'plumbline',
    stream: () => sockets.track(new Socket()),
    keepAlive: true,
    max: MAX_CONNECTIONS,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    Client: PromptClient,
  });
  // An idle session that the server closes is replaced when one is needed.
  pool.on('error', () => {});
  let closing: Promise<void> | undefined;
  return {
    pool,
    async abandon(client) {
      const key = cancelKey(client);
      client.connection.stream.destroy();
      client.release(true);
      if (key !== undefined) await cancelOnServer(sockets.track(connect({ host, port })), host, tls, key);
    },
    close() {
      closing ??= sockets.closeAfter(pool.end());
      return closing;
    },
  };
}
