// The Temporal CLI, which holds the development server: found, else downloaded, else built by Go. Kept outside the
// project, once per version and user.
//
// Order in which it is looked for (src/temporal finds it in the same order):
//   1. $TEMPORAL_CLI: a path; must run, and must be recent enough
//   2. `temporal` on the PATH, when recent enough; an older one is passed over
//   3. the cache: cachedTemporalPath()
import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, createWriteStream, mkdirSync, mkdtempSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { onEnd } from './cleanup.mjs';
import { findExecutable, isExecutable } from './executables.mjs';
import { withLock } from './lock.mjs';
import { isAtLeast } from './node-version.mjs';
import { keepTelling, SetupError, say } from './progress.mjs';
import { runLogged } from './run-logged.mjs';

/** The version that is tested, downloaded and built: the one place that names it. */
export const TEMPORAL_CLI_VERSION = '1.5.1';

/** What a CLI found on the machine must hold at least: the first server with worker deployments. */
const MINIMUM_SERVER_VERSION = '1.29.1';

const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const CONNECT_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;
/** Go's module and build caches for this one program, measured at 4.6 GB. */
const GO_WORK_BYTES = 6e9;

/** Tried in the order written; see the remedy for people below, which names the same three ways. */
const REMEDY = [
  'Any one of these helps:',
  '    - let this machine reach temporal.download, and run the command again;',
  '    - install Go 1.24 or newer (https://go.dev/dl), and run the command again: it is then built here;',
  `    - install the Temporal CLI yourself (https://docs.temporal.io/cli), on the PATH or named by TEMPORAL_CLI.`,
].join('\n');

/**
 * Where the CLI of the tested version is kept.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cachedTemporalPath(env = process.env) {
  const cache = env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const name = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
  return join(cache, 'plumbline', 'temporal', TEMPORAL_CLI_VERSION, name);
}

/**
 * The server version in what `temporal --version` prints; `undefined` when it prints something else.
 *
 * @param {string} output such as `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`
 */
export function serverVersionIn(output) {
  return /\(Server (\d+\.\d+\.\d+)/.exec(output)?.[1];
}

/**
 * Why this executable cannot serve; `undefined` when it can.
 *
 * @param {string} file
 * @returns {string | undefined}
 */
function whyUnfit(file) {
  if (!isExecutable(file)) return 'is not an executable file';
  const { status, stdout, error } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  if (error || status !== 0) return `does not answer \`--version\` (${error ? error.message : `exit code ${status}`})`;
  const server = serverVersionIn(stdout);
  if (!server)
    return `answers \`--version\` with ${JSON.stringify(stdout.trim())}, which is not the Temporal CLI's answer`;
  if (!isAtLeast(server, MINIMUM_SERVER_VERSION)) return `holds server ${server}, older than ${MINIMUM_SERVER_VERSION}`;
  return undefined;
}

/**
 * Looks for a fitting CLI in the order written at the top; installs nothing.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ path?: string, from?: string, passedOver?: string }}
 * @throws {SetupError} when $TEMPORAL_CLI names something unfit
 */
export function findTemporalCli(env = process.env) {
  const named = env['TEMPORAL_CLI'];
  if (named) {
    const unfit = whyUnfit(named);
    if (unfit)
      throw new SetupError(`TEMPORAL_CLI is "${named}", which ${unfit}.`, `Correct TEMPORAL_CLI, or unset it.`);
    return { path: named, from: 'TEMPORAL_CLI' };
  }
  const onPath = findExecutable(['temporal'], { env });
  const unfit = onPath && whyUnfit(onPath);
  if (onPath && !unfit) return { path: onPath, from: 'PATH' };
  const passedOver = unfit ? { passedOver: `${onPath} ${unfit}` } : {};
  const cached = cachedTemporalPath(env);
  return isExecutable(cached) && !whyUnfit(cached) ? { path: cached, from: 'cache', ...passedOver } : passedOver;
}

/**
 * Address of the official archive for this machine.
 *
 * @param {{ platform?: string, arch?: string }} [machine] names as Node has them
 */
export function downloadUrl({ platform = process.platform, arch = process.arch } = {}) {
  const system = platform === 'win32' ? 'windows' : platform;
  const processor = arch === 'x64' ? 'amd64' : arch;
  return `https://temporal.download/cli/archive/v${TEMPORAL_CLI_VERSION}?platform=${system}&arch=${processor}`;
}

/**
 * Fetches `url` into `file`. curl where there is one, because it knows the machine's proxy; else Node's own fetch.
 *
 * @param {string} url
 * @param {string} file
 */
async function download(url, file) {
  const curl = findExecutable(['curl']);
  if (curl) {
    const limits = ['--connect-timeout', `${CONNECT_TIMEOUT_MS / 1000}`, '--max-time', `${DOWNLOAD_TIMEOUT_MS / 1000}`];
    await promisify(execFile)(curl, ['-fsSL', ...limits, '-o', file, url]).catch((error) => {
      throw new Error(String(error.stderr).trim() || error.message);
    });
    return;
  }
  const abort = new AbortController();
  const total = setTimeout(() => abort.abort(new Error('took longer than two minutes')), DOWNLOAD_TIMEOUT_MS);
  const connect = setTimeout(() => abort.abort(new Error('no answer within 5 s')), CONNECT_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    clearTimeout(connect);
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), createWriteStream(file), {
      signal: abort.signal,
    });
  } finally {
    clearTimeout(connect);
    clearTimeout(total);
  }
}

/**
 * @param {string} folder an empty folder to work in
 * @returns {Promise<string>} the unpacked executable
 */
async function fromDownload(folder) {
  const archive = join(folder, 'temporal-cli.tar.gz');
  await download(downloadUrl(), archive);
  const { status, stderr } = spawnSync('tar', ['-xf', archive, '-C', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tar could not unpack the archive: ${stderr?.trim() ?? 'tar is missing'}`);
  return join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
}

/**
 * @param {string} folder an empty folder to work in: Go fills it with 4.6 GB, removed with it
 * @param {string} go
 * @returns {Promise<string>} the built executable
 */
async function fromGo(folder, go) {
  const work = { GOBIN: 'bin', GOMODCACHE: 'modules', GOCACHE: 'cache', GOTMPDIR: 'tmp' };
  const folders = Object.fromEntries(Object.entries(work).map(([name, path]) => [name, join(folder, path)]));
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true });
  // CGO off as in the official build: no C compiler is needed. modcacherw: else the module cache cannot be removed.
  const env = { ...process.env, ...folders, CGO_ENABLED: '0', GOFLAGS: '-modcacherw' };
  const linkerFlags = `-s -w -X github.com/temporalio/cli/temporalcli.Version=${TEMPORAL_CLI_VERSION}`;
  await runLogged(go, ['install', '-ldflags', linkerFlags, `${GO_PACKAGE}@v${TEMPORAL_CLI_VERSION}`], {
    log: 'temporal-go-install',
    announce: `building Temporal CLI ${TEMPORAL_CLI_VERSION} with Go, once: about 3 minutes on 2 cores`,
    remedy: REMEDY,
    env,
  });
  return join(folder, 'bin', process.platform === 'win32' ? 'temporal.exe' : 'temporal');
}

/**
 * Puts a checked executable into the cache in one step, so that nobody ever sees half a file.
 *
 * @param {string} file
 * @param {string} cached
 */
function keep(file, cached) {
  const unfit = whyUnfit(file);
  if (unfit) throw new Error(`what came ${unfit}`);
  const near = `${cached}.new-${process.pid}`;
  const forget = onEnd(() => rmSync(near, { force: true }));
  copyFileSync(file, near);
  renameSync(near, cached);
  forget();
}

/** @param {unknown} error */
const wordsOf = (error) => (error instanceof Error ? error.message : String(error)).split('\n')[0];

/**
 * The first of these folders that has room for Go's caches; the first of all when none has.
 *
 * @param {readonly string[]} folders
 */
function roomiest(folders) {
  const roomy = folders.find((folder) => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= GO_WORK_BYTES;
  });
  if (!roomy) say(`    neither ${folders.join(' nor ')} has ${GO_WORK_BYTES / 1e9} GB free: building with Go may fail`);
  return roomy ?? folders[0] ?? tmpdir();
}

/**
 * @param {string} cached where it is to be
 * @returns {Promise<string>} how it was got
 */
async function install(cached) {
  const folder = mkdtempSync(join(roomiest([tmpdir(), dirname(cached)]), 'plumbline-temporal-'));
  const remove = onEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  try {
    const stopTelling = keepTelling(`downloading Temporal CLI ${TEMPORAL_CLI_VERSION}`);
    try {
      keep(await fromDownload(folder), cached);
      return 'downloaded';
    } catch (error) {
      say(`    not downloaded: ${wordsOf(error)}`);
    } finally {
      stopTelling();
    }
    const go = findExecutable(['go'], { alsoIn: ['/usr/local/go/bin'] });
    if (!go) throw new SetupError('The Temporal CLI could not be downloaded, and there is no Go to build it.', REMEDY);
    keep(await fromGo(folder, go), cached);
    return 'built with Go';
  } finally {
    remove();
  }
}

/** The step that brings the Temporal CLI; its value is the path. */
export async function provideTemporalCli(env = process.env) {
  const found = findTemporalCli(env);
  if (found.path) return { detail: `${found.path} (from ${found.from})`, value: found.path };
  if (found.passedOver) say(`    passed over: ${found.passedOver}`);
  const cached = cachedTemporalPath(env);
  mkdirSync(dirname(cached), { recursive: true });
  return withLock(`${cached}.lock`, async () => {
    const meanwhile = findTemporalCli(env);
    if (meanwhile.path) return { detail: `${meanwhile.path} (by another set-up)`, value: meanwhile.path };
    const how = await install(cached);
    return { detail: `${cached} (${how})`, value: cached };
  });
}
