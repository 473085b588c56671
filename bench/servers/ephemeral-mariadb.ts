// A MariaDB (or MySQL) of our own, for tests and benchmarks.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { type EphemeralServer, type ServerCertificate, startEphemeralServer } from './ephemeral-server.js';
import { findProgram } from './find-program.js';

/** Fills `data` with the system tables; MariaDB has a program for it, MySQL an option. */
function initialiser(program: string, data: string): readonly [string, readonly string[]] {
  const isMariadb = /mariadb/i.test(execFileSync(program, ['--version'], { encoding: 'utf8' }));
  const installer = findProgram(['mariadb-install-db', 'mysql_install_db'], [dirname(program)]);
  if (!isMariadb || !installer) return [program, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`]];
  const args = ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db', `--datadir=${data}`];
  return [installer, args];
}

/**
 * Starts an empty server.
 *
 * @param program mariadbd or mysqld
 * @param certificate makes it speak TLS, and nothing else over TCP
 * @param more options of the server that win over the usual ones
 */
export function startEphemeralMariadb(
  program: string,
  certificate?: ServerCertificate,
  more: readonly string[] = [],
): Promise<EphemeralServer> {
  const user = 'plumbline_test';
  const password = randomBytes(18).toString('hex');
  return startEphemeralServer({
    name: 'mariadb',
    users: ['mysql', 'nobody'],
    files: {
      // Also for root, which a fresh server leaves without one.
      'init.sql': [
        `alter user root@localhost identified by '${randomBytes(18).toString('hex')}';`,
        `create user ${user}@'%' identified by '${password}';`,
        `grant all privileges on *.* to ${user}@'%' with grant option;`,
        '',
      ].join('\n'),
      ...(certificate && {
        'ca.pem': certificate.ca,
        'server.crt': certificate.cert,
        'server.key': certificate.key,
      }),
    },
    initialise: (folder) => initialiser(program, join(folder, 'data')),
    serve: (folder, port) => [
      program,
      [
        '--no-defaults',
        `--datadir=${join(folder, 'data')}`,
        `--socket=${join(folder, 'socket')}`,
        `--pid-file=${join(folder, 'pid')}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--init-file=${join(folder, 'init.sql')}`,
        '--skip-name-resolve',
        '--skip-log-bin',
        '--character-set-server=utf8mb4',
        '--innodb-flush-log-at-trx-commit=0',
        '--innodb-buffer-pool-size=64M',
        ...(certificate
          ? [
              `--ssl-ca=${join(folder, 'ca.pem')}`,
              `--ssl-cert=${join(folder, 'server.crt')}`,
              `--ssl-key=${join(folder, 'server.key')}`,
              '--require-secure-transport=ON',
            ]
          : []),
        ...more,
      ],
    ],
    url: (port) => `mysql://${user}:${password}@127.0.0.1:${port}`,
    async connect(port) {
      const ssl = certificate && { ssl: { rejectUnauthorized: false } };
      const connection = await createConnection({ host: '127.0.0.1', port, user, password, ...ssl });
      await connection.end();
    },
    signals: { stop: 'SIGTERM', now: 'SIGKILL' },
  });
}
