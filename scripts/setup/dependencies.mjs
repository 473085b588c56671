// node_modules as package-lock.json says.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { SetupError } from './progress.mjs';
import { root } from './root.mjs';
import { runLogged } from './run-logged.mjs';

/** @typedef {{ version?: string | undefined, optional?: boolean, devOptional?: boolean, [field: string]: unknown }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/**
 * Why the installed packages differ from the lock file; `undefined` when they do not.
 *
 * Packages marked optional may be absent: they are other platforms' binaries.
 *
 * @param {Lock} wanted package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json, which npm writes last
 * @returns {string | undefined}
 */
export function firstDifference(wanted, installed) {
  if (!installed) return 'node_modules is not there, or was not finished';
  for (const [place, { version, optional, devOptional }] of Object.entries(wanted.packages)) {
    if (place === '') continue;
    const found = installed.packages[place];
    if (!found && !optional && !devOptional) return `${place} is not installed`;
    if (found && found.version !== version) return `${place} is ${found.version}, not ${version}`;
  }
  const extra = Object.keys(installed.packages).find((place) => !(place in wanted.packages));
  return extra ? `${extra} is installed, but not in package-lock.json` : undefined;
}

/**
 * The dependency that package.json asks for and the lock file does not know (somebody edited one without the other).
 *
 * @param {Record<string, any>} manifest package.json
 * @param {Lock} lock
 * @returns {string | undefined}
 */
export function unlockedDependency(manifest, lock) {
  const locked = /** @type {Record<string, any>} */ (lock.packages[''] ?? {});
  for (const field of DEPENDENCY_FIELDS) {
    for (const [name, range] of Object.entries(manifest[field] ?? {})) {
      if (locked[field]?.[name] !== range) return `${name}@${range}`;
    }
  }
  return undefined;
}

/** @param {string} path */
function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function currentDifference() {
  return firstDifference(readJson(`${root}/package-lock.json`), readJson(`${root}/node_modules/.package-lock.json`));
}

/** better-sqlite3 is compiled for one Node: after a change of Node it must be built again. */
function sqliteLoads() {
  const probe = "const D = require('better-sqlite3'); new D(':memory:').close()";
  return spawnSync(process.execPath, ['-e', probe], { cwd: root, stdio: 'ignore' }).status === 0;
}

/** npm beside the Node that runs now: the same npm that started us when there is one. */
function npmCommand() {
  const script = process.env['npm_execpath'];
  return script && /npm-cli\.js$/.test(script)
    ? { command: process.execPath, first: [script] }
    : { command: 'npm', first: [] };
}

/** The step that installs what is missing. */
export async function installDependencies() {
  const unlocked = unlockedDependency(readJson(`${root}/package.json`), readJson(`${root}/package-lock.json`));
  if (unlocked) {
    throw new SetupError(
      `package.json asks for ${unlocked}, and package-lock.json does not know it.`,
      'Run `npm install` and commit package-lock.json with package.json.',
    );
  }
  const { command, first } = npmCommand();
  if (!currentDifference() && sqliteLoads()) return { detail: 'as package-lock.json says', value: undefined };

  return withLock(`${root}/.plumbline/setup/npm.lock`, async () => {
    const difference = currentDifference();
    if (difference) {
      await runLogged(command, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
        log: 'npm-ci',
        announce: `npm ci, because ${difference}: about a minute`,
        remedy: 'Check that this machine reaches your npm registry (`npm ping`), then run the command again.',
      });
    }
    if (!sqliteLoads()) {
      await runLogged(command, [...first, 'rebuild', 'better-sqlite3'], {
        log: 'npm-rebuild',
        announce: `npm rebuild better-sqlite3, because it does not load in Node ${process.versions.node}: about 1.5 minutes`,
        remedy:
          'better-sqlite3 is compiled where no ready binary can be fetched: that takes Python 3, make and a C++ compiler (Debian: apt-get install python3 make g++).',
      });
    }
    if (!sqliteLoads()) {
      throw new SetupError(
        `better-sqlite3 was installed, and still does not load in Node ${process.versions.node}.`,
        'Delete node_modules and run the command again; if it stays so, see .plumbline/setup/*.log.',
      );
    }
    return { detail: difference ? 'installed by npm ci' : 'better-sqlite3 built again', value: undefined };
  });
}
