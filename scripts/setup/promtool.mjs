// promtool, Prometheus' own checker of rules: the oracle of the alert tests. Of Debian's package only this program is
// taken, since the package itself would start a server.
//
// Order in which it is looked for:
//   1. $PROMTOOL: a path; must be recent enough
//   2. `promtool` on the PATH, when recent enough
//   3. the cache: cachedPromtools()
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { onEnd } from './cleanup.mjs';
import { findExecutable, isExecutable } from './executables.mjs';
import { withLock } from './lock.mjs';
import { isContinuousIntegration } from './mariadb.mjs';
import { isAtLeast } from './node-version.mjs';
import { SetupError, say } from './progress.mjs';
import { runLogged } from './run-logged.mjs';

/** The first that knows `keep_firing_for`. */
const MINIMUM_VERSION = '2.42.0';

export const PROMTOOL_REMEDY = [
  'Any one of these helps:',
  '    - on Debian 12 or newer, let the machine reach its package server and run the command again;',
  `    - put promtool ${MINIMUM_VERSION} or newer (https://prometheus.io/download) on the PATH, or name it: PROMTOOL=/path/to/promtool`,
].join('\n');

/** @param {NodeJS.ProcessEnv} env */
function cacheFolder(env) {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'plumbline', 'promtool');
}

/**
 * Those that are kept, each in a folder named after its version.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function cachedPromtools(env) {
  try {
    return readdirSync(cacheFolder(env)).map((version) => join(cacheFolder(env), version, 'promtool'));
  } catch {
    return [];
  }
}

/**
 * The version that an executable says it has; or why it cannot serve.
 *
 * @param {string} file
 * @returns {{ version: string, unfit?: undefined } | { unfit: string }}
 */
function examine(file) {
  if (!isExecutable(file)) return { unfit: 'is not an executable file' };
  const { status, stdout, stderr, error } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  if (error || status !== 0) {
    return { unfit: `does not answer \`--version\` (${error ? error.message : `exit code ${status}`})` };
  }
  const version = /^promtool, version (\d+\.\d+\.\d+)/.exec(stdout || stderr)?.[1];
  if (!version) return { unfit: `answers \`--version\` with ${JSON.stringify(stdout.trim())}, as promtool does not` };
  if (!isAtLeast(version, MINIMUM_VERSION)) return { unfit: `is version ${version}, older than ${MINIMUM_VERSION}` };
  return { version };
}

/**
 * Looks for a fitting promtool in the order written at the top; installs nothing.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 * @throws {SetupError} when $PROMTOOL names something unfit
 */
export function findPromtool(env = process.env) {
  const named = env['PROMTOOL'];
  if (named) {
    const { unfit } = examine(named);
    if (unfit) throw new SetupError(`PROMTOOL is "${named}", which ${unfit}.`, 'Correct PROMTOOL, or unset it.');
    return named;
  }
  const onPath = findExecutable(['promtool'], { env });
  return [...(onPath ? [onPath] : []), ...cachedPromtools(env)].find((file) => examine(file).unfit === undefined);
}

/**
 * Takes the program out of Debian's package into the cache. Nothing is installed and nothing started.
 *
 * @param {string} folder an empty folder to work in
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} where it is kept
 */
async function takeFromDebian(folder, env) {
  const options = { remedy: PROMTOOL_REMEDY, timeoutMs: 600_000, cwd: folder };
  if (process.getuid?.() === 0) {
    await runLogged('apt-get', ['update'], { ...options, log: 'apt-get-update', announce: 'apt-get update' });
  }
  await runLogged('apt-get', ['download', 'prometheus'], {
    ...options,
    log: 'apt-get-download-prometheus',
    announce: 'apt-get download prometheus, 19 MB, for promtool alone',
  });
  const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (!archive) throw new SetupError('`apt-get download prometheus` has brought no package.', PROMTOOL_REMEDY);
  await runLogged('dpkg-deb', ['-x', archive, 'package'], {
    ...options,
    log: 'dpkg-deb-prometheus',
    announce: `unpacking ${archive}`,
  });
  const program = join(folder, 'package', 'usr', 'bin', 'promtool');
  const found = examine(program);
  if (found.unfit !== undefined) {
    throw new SetupError(`The promtool of ${archive} cannot serve: it ${found.unfit}.`, PROMTOOL_REMEDY);
  }
  const kept = join(cacheFolder(env), found.version, 'promtool');
  const near = `${kept}.new-${process.pid}`;
  mkdirSync(join(kept, '..'), { recursive: true });
  const forget = onEnd(() => rmSync(near, { force: true }));
  copyFileSync(program, near);
  renameSync(near, kept);
  forget();
  return kept;
}

/** The step that brings promtool for the tests. */
export async function providePromtool(env = process.env) {
  const found = findPromtool(env);
  if (found) return { detail: found, value: undefined };
  try {
    if (!findExecutable(['apt-get'], { env }) || !findExecutable(['dpkg-deb'], { env })) {
      throw new SetupError('The tests of alerts against Prometheus need promtool, and there is none.', PROMTOOL_REMEDY);
    }
    return await withLock(`${cacheFolder(env)}.lock`, async () => {
      const meanwhile = findPromtool(env);
      if (meanwhile) return { detail: `${meanwhile} (by another set-up)`, value: undefined };
      const folder = mkdtempSync(join(tmpdir(), 'plumbline-promtool-'));
      const remove = onEnd(() => rmSync(folder, { recursive: true, force: true }));
      try {
        return { detail: `${await takeFromDebian(folder, env)} (of Debian's package)`, value: undefined };
      } finally {
        remove();
      }
    });
  } catch (error) {
    if (isContinuousIntegration(env) || !(error instanceof SetupError)) throw error;
    say(`    ! ${error.message}\n    The tests that need it will say so and be left out.\n    ${error.remedy}`);
    return { detail: 'absent', value: undefined };
  }
}
