// The MySQL-compatible server that the tests of the MySQL dialect start for themselves.
import { existsSync } from 'node:fs';
import { findExecutable } from './executables.mjs';
import { SetupError, say } from './progress.mjs';
import { runLogged } from './run-logged.mjs';

export const MARIADB_REMEDY = [
  'Any one of these helps:',
  '    - install MariaDB or MySQL (Debian: apt-get install mariadb-server); the service need not run, tests start their own;',
  '    - name a server the tests may create and drop databases on: MYSQL_URL=mysql://user:password@host:3306',
].join('\n');

/**
 * The server program; `undefined` when none is installed.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function findMariadb(env = process.env) {
  return findExecutable(['mariadbd', 'mysqld'], { env, alsoIn: ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'] });
}

/**
 * Whether a missing server is a failure and not only a warning: in continuous integration nothing is left out silently.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function isContinuousIntegration(env = process.env) {
  return !['', '0', 'false'].includes((env['CI'] ?? '').toLowerCase());
}

async function installDebianPackage() {
  // RUNLEVEL=1: the package's scripts then leave the system's own service off.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { env, remedy: MARIADB_REMEDY, timeoutMs: 600_000 };
  await runLogged('apt-get', ['update'], { ...options, log: 'apt-get-update', announce: 'apt-get update' });
  await runLogged('apt-get', ['install', '-y', '--no-install-recommends', 'mariadb-server'], {
    ...options,
    log: 'apt-get-install',
    announce: 'apt-get install mariadb-server: about 10 s',
  });
}

/** The step that brings a MariaDB or MySQL server for the tests. */
export async function provideMariadb(env = process.env) {
  if (env['MYSQL_URL']) return { detail: 'the server of MYSQL_URL', value: undefined };
  const found = findMariadb(env);
  if (found) return { detail: found, value: undefined };
  try {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
      throw new SetupError(
        'The tests of the MySQL store and source need a MariaDB or MySQL server, and none is installed.',
        MARIADB_REMEDY,
      );
    }
    await installDebianPackage();
    const installed = findMariadb(env);
    if (!installed) throw new SetupError('mariadb-server was installed, and there is no mariadbd.', MARIADB_REMEDY);
    return { detail: `${installed} (installed)`, value: undefined };
  } catch (error) {
    if (isContinuousIntegration(env) || !(error instanceof SetupError)) throw error;
    say(`    ! ${error.message}\n    The tests that need it will say so and be left out.\n    ${error.remedy}`);
    return { detail: 'absent', value: undefined };
  }
}
