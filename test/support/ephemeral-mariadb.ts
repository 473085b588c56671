// A MariaDB (or MySQL) of the tests' own: empty, on loopback, never as root, gone with the test run.
import { type ChildProcess, execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { findExecutable } from '../../scripts/setup/executables.mjs';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;

export interface EphemeralServer {
  /** `mysql://user:password@127.0.0.1:port` of a user with all rights, without a database. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The ordinary user a database server runs as when the tests run as root, which both servers refuse. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['mysql', 'nobody']) {
    const ids = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout.trim());
    if (ids.every((id) => /^\d+$/.test(id))) return { uid: Number(ids[0]), gid: Number(ids[1]) };
  }
  throw new Error('A database server does not run as root, and there is no user "mysql" or "nobody" to run it as.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Fills `data` with the system tables; MariaDB has a program for it, MySQL an option. */
function initialise(program: string, data: string, options: SpawnOptions): void {
  const isMariadb = /mariadb/i.test(execFileSync(program, ['--version'], { encoding: 'utf8' }));
  const installer = findExecutable(['mariadb-install-db', 'mysql_install_db'], { alsoIn: [dirname(program)] });
  const [command, args] =
    isMariadb && installer
      ? [
          installer,
          ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db', `--datadir=${data}`],
        ]
      : [program, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`]];
  const { status, error } = spawnSync(command, args, options);
  if (status !== 0) throw error ?? new Error(`\`${command}\` exited with ${status}`);
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it exited with ${child.exitCode}`);
    try {
      const connection = await createConnection(url);
      await connection.end();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

/** A signal ends a process without its 'exit' event unless somebody listens. */
function exitOnSignals(): void {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}

/** Starts an empty server from the program `program` (mariadbd or mysqld). */
export async function startEphemeralMariadb(program: string): Promise<EphemeralServer> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-mariadb-'));
  const user = serverUser();
  const data = join(folder, 'data');
  const initFile = join(folder, 'init.sql');
  const log = join(folder, 'server.log');
  const password = randomBytes(18).toString('hex');
  // Also for root, which a fresh server leaves without one.
  writeFileSync(
    initFile,
    [
      `alter user root@localhost identified by '${randomBytes(18).toString('hex')}';`,
      `create user plumbline_test@'%' identified by '${password}';`,
      `grant all privileges on *.* to plumbline_test@'%' with grant option;`,
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
  if (user) for (const path of [folder, initFile]) chownSync(path, user.uid, user.gid);

  const output = openSync(log, 'a');
  const options: SpawnOptions = { cwd: folder, stdio: ['ignore', output, output], ...user };
  let child: ChildProcess | undefined;
  const stopNow = (): void => {
    process.removeListener('exit', stopNow);
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  // From here on, so that an interrupt while it starts leaves nothing behind either.
  process.once('exit', stopNow);
  exitOnSignals();
  try {
    initialise(program, data, options);
    const port = await freePort();
    child = spawn(
      program,
      [
        '--no-defaults',
        `--datadir=${data}`,
        `--socket=${join(folder, 'socket')}`,
        `--pid-file=${join(folder, 'pid')}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--init-file=${initFile}`,
        '--skip-name-resolve',
        '--skip-log-bin',
        '--character-set-server=utf8mb4',
        '--innodb-flush-log-at-trx-commit=0',
        '--innodb-buffer-pool-size=64M',
      ],
      options,
    );
    const started = child;
    const gone = new Promise<void>((resolve) => {
      started.once('exit', () => resolve());
      started.once('error', () => resolve());
    });
    const url = `mysql://plumbline_test:${password}@127.0.0.1:${port}`;
    await waitUntilReady(url, started);
    return {
      url,
      stop: async () => {
        started.kill('SIGTERM');
        await Promise.race([gone, sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
        stopNow();
      },
    };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const failure = new Error(`The tests' own ${program} did not come up: ${words}\n${readFileSync(log, 'utf8')}`);
    stopNow();
    throw failure;
  } finally {
    closeSync(output);
  }
}
