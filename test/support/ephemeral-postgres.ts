// A PostgreSQL of the tests' own.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import {
  type EphemeralServer,
  type ServerCertificate,
  startEphemeralServer,
} from '../../bench/servers/ephemeral-server.js';

/** Accounts of a role named `certified` must show a certificate besides their password. */
const TLS_ONLY = [
  'hostssl all certified 127.0.0.1/32 scram-sha-256 clientcert=verify-ca',
  'hostssl all all 127.0.0.1/32 scram-sha-256',
  '',
].join('\n');

/**
 * Starts an empty server.
 *
 * @param programs of one version
 * @param certificate makes it speak TLS, and nothing else
 */
export function startEphemeralPostgres(
  programs: { readonly initdb: string; readonly postgres: string },
  certificate?: ServerCertificate,
): Promise<EphemeralServer> {
  const user = 'plumbline_test';
  const password = randomBytes(18).toString('hex');
  const files = ['ca.pem', 'server.crt', 'server.key', 'hba.conf'] as const;
  return startEphemeralServer({
    name: 'postgres',
    users: ['postgres', 'nobody'],
    files: {
      password: `${password}\n`,
      ...(certificate && {
        'ca.pem': certificate.ca,
        'server.crt': certificate.cert,
        'server.key': certificate.key,
        'hba.conf': TLS_ONLY,
      }),
    },
    initialise: (folder) => [
      programs.initdb,
      [
        `--pgdata=${join(folder, 'data')}`,
        `--username=${user}`,
        `--pwfile=${join(folder, 'password')}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--no-locale',
        '--no-sync',
      ],
    ],
    serve(folder, port) {
      const [ca, cert, key, hba] = files.map((name) => join(folder, name));
      const settings = [
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        'fsync=off',
        'synchronous_commit=off',
        'full_page_writes=off',
        'shared_buffers=32MB',
        'max_connections=30',
        ...(certificate
          ? ['ssl=on', `ssl_ca_file=${ca}`, `ssl_cert_file=${cert}`, `ssl_key_file=${key}`, `hba_file=${hba}`]
          : []),
      ];
      const args = ['-D', join(folder, 'data'), '-p', String(port)];
      return [programs.postgres, [...args, ...settings.flatMap((setting) => ['-c', setting])]];
    },
    url: (port) => `postgres://${user}:${password}@127.0.0.1:${port}`,
    async connect(port) {
      const ssl = certificate !== undefined && { rejectUnauthorized: false };
      const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'postgres', ssl });
      client.on('error', () => {});
      try {
        await client.connect();
      } finally {
        await client.end();
      }
    },
    // Killed, it would leave its children and a piece of shared memory behind.
    signals: { stop: 'SIGINT', now: 'SIGQUIT' },
  });
}
