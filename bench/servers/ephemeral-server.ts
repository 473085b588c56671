// What database servers of our own, for tests and benchmarks, have in common: empty, on loopback, never as root, gone with us.
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;

export interface EphemeralServer {
  /** `mysql://user:password@127.0.0.1:port` of a user with all rights, without a database. */
  readonly url: string;
  /** The server's process. */
  readonly pid: number;
  /** Writes a file into the server's folder, readable by the server alone. */
  write(name: string, text: string): void;
  stop(): Promise<void>;
}

/** A certificate and key for the server, PEM; with them it takes no connection without TLS. */
export interface ServerCertificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** One kind of server. */
export interface ServerPlan {
  readonly name: string;
  /** Ordinary users to run as when we run as root, in order of preference. */
  readonly users: readonly string[];
  /** Files in the server's folder before it is initialised. */
  readonly files: Readonly<Record<string, string>>;
  /** Runs to its end before the server starts. */
  initialise(folder: string): readonly [command: string, args: readonly string[]];
  /** Runs until it is stopped. */
  serve(folder: string, port: number): readonly [command: string, args: readonly string[]];
  url(port: number): string;
  /** Rejects while the server is not ready. */
  connect(port: number): Promise<void>;
  /** Asks it to end without waiting for its clients, and to end at once. */
  readonly signals: { readonly stop: NodeJS.Signals; readonly now: NodeJS.Signals };
}

/** The ordinary user a database server runs as when we run as root, which servers refuse. */
function serverUser(users: readonly string[]): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of users) {
    const ids = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout.trim());
    if (ids.every((id) => /^\d+$/.test(id))) return { uid: Number(ids[0]), gid: Number(ids[1]) };
  }
  throw new Error(`A database server does not run as root, and there is no user ${users.join(', ')} to run it as.`);
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

async function waitUntilReady(connect: () => Promise<void>, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it exited with ${child.exitCode}`);
    try {
      return await connect();
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

export async function startEphemeralServer(plan: ServerPlan): Promise<EphemeralServer> {
  const folder = mkdtempSync(join(tmpdir(), `plumbline-${plan.name}-`));
  const user = serverUser(plan.users);
  if (user) chownSync(folder, user.uid, user.gid);
  const write = (name: string, text: string): void => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    if (user) chownSync(file, user.uid, user.gid);
  };
  for (const [name, text] of Object.entries(plan.files)) write(name, text);

  const log = join(folder, 'server.log');
  const output = openSync(log, 'a');
  const options: SpawnOptions = { cwd: folder, stdio: ['ignore', output, output], ...user };
  let child: ChildProcess | undefined;
  const stopNow = (): void => {
    process.removeListener('exit', stopNow);
    child?.kill(plan.signals.now);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  // From here on, so that an interrupt while it starts leaves nothing behind either.
  process.once('exit', stopNow);
  exitOnSignals();
  try {
    const [initialiser, initialArgs] = plan.initialise(folder);
    const { status, error } = spawnSync(initialiser, initialArgs, options);
    if (status !== 0) throw error ?? new Error(`\`${initialiser}\` exited with ${status}`);

    const port = await freePort();
    const [program, args] = plan.serve(folder, port);
    const started = spawn(program, args, options);
    child = started;
    const gone = new Promise<void>((resolve) => {
      started.once('exit', () => resolve());
      started.once('error', () => resolve());
    });
    await waitUntilReady(() => plan.connect(port), started);
    return {
      url: plan.url(port),
      pid: started.pid ?? 0,
      write,
      stop: async () => {
        started.kill(plan.signals.stop);
        await Promise.race([gone, sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
        stopNow();
      },
    };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const failure = new Error(`The ${plan.name} of our own did not come up: ${words}\n${readFileSync(log, 'utf8')}`);
    stopNow();
    throw failure;
  } finally {
    closeSync(output);
  }
}
