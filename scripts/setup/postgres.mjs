// The PostgreSQL server that the tests of the PostgreSQL dialect start for themselves.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { findExecutable } from './executables.mjs';
import { isContinuousIntegration } from './mariadb.mjs';
import { SetupError, say } from './progress.mjs';
import { runLogged } from './run-logged.mjs';

export const POSTGRES_REMEDY = [
  'Any one of these helps:',
  '    - install PostgreSQL (Debian: apt-get install postgresql); the service need not run, tests start their own;',
  '    - name a server the tests may create and drop databases on: POSTGRES_URL=postgres://user:password@host:5432',
].join('\n');

const DEBIAN_VERSIONS = '/usr/lib/postgresql';
const DEBIAN_CLUSTER_SETTINGS = '/etc/postgresql-common/createcluster.conf';

/** Debian keeps the programs of each version out of the path; the newest first. */
function debianFolders() {
  if (!existsSync(DEBIAN_VERSIONS)) return [];
  return readdirSync(DEBIAN_VERSIONS)
    .filter((name) => /^\d+$/.test(name))
    .sort((left, right) => Number(right) - Number(left))
    .map((name) => `${DEBIAN_VERSIONS}/${name}/bin`);
}

/**
 * The server's programs; `undefined` when they are not installed.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ initdb: string, postgres: string } | undefined}
 */
export function findPostgres(env = process.env) {
  const alsoIn = [...debianFolders(), '/usr/local/pgsql/bin', '/opt/homebrew/bin'];
  const initdb = findExecutable(['initdb'], { env, alsoIn });
  const postgres = findExecutable(['postgres'], { env, alsoIn });
  return initdb && postgres ? { initdb, postgres } : undefined;
}

async function installDebianPackage() {
  // No cluster is made and so none is started; RUNLEVEL=1 leaves the system's own service off besides.
  if (!existsSync(DEBIAN_CLUSTER_SETTINGS)) {
    await mkdir('/etc/postgresql-common', { recursive: true });
    writeFileSync(DEBIAN_CLUSTER_SETTINGS, 'create_main_cluster = false\nstart_conf = manual\n');
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { env, remedy: POSTGRES_REMEDY, timeoutMs: 600_000 };
  await runLogged('apt-get', ['update'], { ...options, log: 'apt-get-update', announce: 'apt-get update' });
  await runLogged(
    'apt-get',
    ['install', '-y', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', 'postgresql'],
    { ...options, log: 'apt-get-install', announce: 'apt-get install postgresql: about 20 s' },
  );
}

/** The step that brings a PostgreSQL server for the tests. */
export async function providePostgres(env = process.env) {
  if (env['POSTGRES_URL']) return { detail: 'the server of POSTGRES_URL', value: undefined };
  const found = findPostgres(env);
  if (found) return { detail: found.postgres, value: undefined };
  try {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
      throw new SetupError(
        'The tests of the PostgreSQL source need a PostgreSQL server, and none is installed.',
        POSTGRES_REMEDY,
      );
    }
    await installDebianPackage();
    const installed = findPostgres(env);
    if (!installed) throw new SetupError('postgresql was installed, and there is no initdb.', POSTGRES_REMEDY);
    return { detail: `${installed.postgres} (installed)`, value: undefined };
  } catch (error) {
    if (isContinuousIntegration(env) || !(error instanceof SetupError)) throw error;
    say(`    ! ${error.message}\n    The tests that need it will say so and be left out.\n    ${error.remedy}`);
    return { detail: 'absent', value: undefined };
  }
}
