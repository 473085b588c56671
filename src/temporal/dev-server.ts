import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { findTemporalCli } from './find-cli.js';
import { freePort } from './free-port.js';

export interface DevServerOptions {
  /** Holds the server's database, log and process id; made when missing. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Wanted ports; another free one is taken where one is in use. Default 7233 and 8233. */
  readonly port?: number;
  readonly uiPort?: number;
  /** Default true: the web UI is served. */
  readonly ui?: boolean;
}

export interface DevServer {
  /** `127.0.0.1:PORT` of the frontend. */
  readonly address: string;
  /** Address of the web UI; absent without one. */
  readonly uiUrl?: string;
  readonly logFile: string;
  /** Resolves when the server ends, asked or not. */
  readonly exited: Promise<number | null>;
  /** Ends the server; calling it twice is harmless. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/** Another program may take a port between our look and the server's; each time others are tried. */
const MOST_STARTS = 5;
/** So long the server's own word that it is up is waited for where something answers; other versions may say it otherwise. */
const WORD_TIMEOUT_MS = 10_000;

/**
 * Starts the official Temporal development server as a child process, on loopback, with its database on disk.
 *
 * A server that an interrupted run left behind on the same folder is ended first: two must not share a database. Where another
 * program takes the chosen port at the same moment, the server is started anew on another one.
 *
 * @throws PlumblineError `TEMPORAL_CLI_MISSING`; `transient` TEMPORAL_DEV_SERVER_FAILED
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const cli = findTemporalCli(options.env);
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  await endLeftOverServer(options.folder);
  for (let left = MOST_STARTS - 1; ; left--) {
    const port = await freePort(options.port ?? 7233);
    const uiPort = (options.ui ?? true) ? await freePort(options.uiPort ?? 8233) : undefined;
    const started = await startOn({ port, ...(uiPort === undefined ? {} : { uiPort }) }, cli, options.folder);
    if ('address' in started) return started;
    if (started.isPortTaken && left > 0) continue;
    throw new PlumblineError(
      'transient',
      'TEMPORAL_DEV_SERVER_FAILED',
      `The Temporal development server (${cli}) did not come up on 127.0.0.1:${port}.`,
      { remedy: `Its own words are in ${started.logFile}.` },
    );
  }
}

interface Ports {
  readonly port: number;
  readonly uiPort?: number;
}

async function startOn(
  { port, uiPort }: Ports,
  cli: string,
  folder: string,
): Promise<DevServer | { readonly isPortTaken: boolean; readonly logFile: string }> {
  const { database, pidFile } = filesOf(folder);
  const logFile = join(folder, 'temporal.log');
  const log = openSync(logFile, 'a');
  const words = wordsSince(logFile);
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', database];
  args.push('--log-level', 'warn', ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]));
  // A process group of its own: Ctrl-C in a terminal must reach the worker first, and the server last.
  const child = spawn(cli, args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  if (child.pid !== undefined) writeFileSync(pidFile, String(child.pid));
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  const stop = async (): Promise<void> => {
    await endChild(child, exited);
    rmSync(pidFile, { force: true });
  };
  if (!(await isUp(port, exited, words))) {
    await stop();
    return { isPortTaken: /address (?:already )?in use/i.test(words()), logFile };
  }
  const address = `127.0.0.1:${port}`;
  return { address, logFile, exited, stop, ...(uiPort === undefined ? {} : { uiUrl: `http://127.0.0.1:${uiPort}` }) };
}

/** What is written into a log from now on. */
function wordsSince(logFile: string): () => string {
  const before = statSync(logFile).size;
  return () => readFileSync(logFile).subarray(before).toString('utf8');
}

/** What answers at the port may be another server that was faster, so the server itself has to say that it is up. */
async function isUp(port: number, exited: Promise<unknown>, words: () => string): Promise<boolean> {
  let gone = false;
  let answeredAt: number | undefined;
  void exited.then(() => {
    gone = true;
  });
  for (const deadline = performance.now() + START_TIMEOUT_MS; !gone && performance.now() < deadline; await delay(100)) {
    if (!(await accepts(port))) continue;
    answeredAt ??= performance.now();
    if (/^(?:Temporal )?Server:\s/m.test(words()) || performance.now() > answeredAt + WORD_TIMEOUT_MS) return !gone;
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function endChild(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  await Promise.race([exited, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await exited;
}

/**
 * Ends the server that an interrupted run left behind in this folder; another process that got its id is left alone.
 *
 * @returns whether there was one
 */
export async function endLeftOverServer(folder: string): Promise<boolean> {
  const { database, pidFile } = filesOf(folder);
  const pid = readPid(pidFile);
  const isOurs = (): boolean => pid !== undefined && commandLine(pid).includes(database);
  if (pid === undefined || !isOurs()) return false;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; waited < STOP_TIMEOUT_MS && isOurs(); waited += 100) await delay(100);
  if (isOurs()) process.kill(pid, 'SIGKILL');
  return true;
}

const filesOf = (folder: string) => ({ database: join(folder, 'temporal.db'), pidFile: join(folder, 'temporal.pid') });

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** The command line of a process, where the system tells; empty otherwise. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // Systems without /proc have ps; where neither tells, the process is left alone.
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  }
}
