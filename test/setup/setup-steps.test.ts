import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provideChromium } from '../../scripts/setup/chromium.mjs';
import { firstDifference, unlockedDependency } from '../../scripts/setup/dependencies.mjs';
import { findExecutable } from '../../scripts/setup/executables.mjs';
import { withLock } from '../../scripts/setup/lock.mjs';
import { isContinuousIntegration, provideMariadb } from '../../scripts/setup/mariadb.mjs';
import { checkNode, isAtLeast } from '../../scripts/setup/node-version.mjs';
import { findPostgres, providePostgres } from '../../scripts/setup/postgres.mjs';
import { findPromtool, providePromtool } from '../../scripts/setup/promtool.mjs';
import {
  cachedTemporalPath,
  downloadUrl,
  findTemporalCli,
  serverVersionIn,
  TEMPORAL_CLI_VERSION,
} from '../../scripts/setup/temporal-cli.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program at `path` below the test's folder that prints `output`. */
function program(path: string, output: string, exitCode = 0): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${output}'\nexit ${exitCode}\n`);
  chmodSync(file, 0o755);
  return file;
}

const fitting = 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)';
const old = 'temporal version 1.0.0 (Server 1.24.0, UI 2.28.0)';

describe('isAtLeast()', () => {
  it.each([
    ['20.19.0', '20.19', true],
    ['20.18.9', '20.19', false],
    ['22.0.0', '20.19', true],
    ['9.99.0', '20.19', false],
    ['1.29.1', '1.29.1', true],
    ['1.29.0', '1.29.1', false],
    ['1.30.0', '1.29.1', true],
  ])('%s is at least %s: %s', (given, wanted, answer) => {
    expect(isAtLeast(given, wanted)).toBe(answer);
  });
});

describe('checkNode()', () => {
  it('refuses an older Node in plain words', async () => {
    await expect(checkNode('18.20.0')).rejects.toThrow(/needs Node 20\.19 or newer, and this is Node 18\.20\.0/);
  });
});

describe('firstDifference()', () => {
  const wanted = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/other-platform': { version: '2.0.0', optional: true },
    },
  };

  it('is undefined when only optional packages are absent', () => {
    expect(firstDifference(wanted, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBeUndefined();
  });

  it.each([
    [undefined, 'node_modules is not there, or was not finished'],
    [{ packages: {} }, 'node_modules/a is not installed'],
    [{ packages: { 'node_modules/a': { version: '1.0.1' } } }, 'node_modules/a is 1.0.1, not 1.0.0'],
    [
      { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } } },
      'node_modules/b is installed, but not in package-lock.json',
    ],
    [
      { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/other-platform': { version: '1.0.0' } } },
      'node_modules/other-platform is 1.0.0, not 2.0.0',
    ],
  ])('of %j says: %s', (installed, words) => {
    expect(firstDifference(wanted, installed)).toBe(words);
  });
});

describe('unlockedDependency()', () => {
  const lock = { packages: { '': { dependencies: { a: '^1.0.0' } } } };

  it('is undefined when manifest and lock agree', () => {
    expect(unlockedDependency({ dependencies: { a: '^1.0.0' } }, lock)).toBeUndefined();
  });

  it('names a dependency that was added or changed in the manifest alone', () => {
    expect(unlockedDependency({ dependencies: { a: '^2.0.0' } }, lock)).toBe('a@^2.0.0');
    expect(unlockedDependency({ devDependencies: { b: '^1.0.0' } }, lock)).toBe('b@^1.0.0');
  });
});

describe('findExecutable()', () => {
  it('prefers the earlier name over the earlier folder, and skips what cannot be run', () => {
    const mysqld = program('one/mysqld', '');
    const mariadbd = program('two/mariadbd', '');
    const env = { PATH: `${join(folder, 'one')}:${join(folder, 'two')}` };
    expect(findExecutable(['mariadbd', 'mysqld'], { env })).toBe(mariadbd);
    chmodSync(mariadbd, 0o644);
    expect(findExecutable(['mariadbd', 'mysqld'], { env })).toBe(mysqld);
  });

  it('is undefined when there is none, also without a PATH', () => {
    expect(findExecutable(['no-such-program'], { env: {} })).toBeUndefined();
  });
});

describe('findTemporalCli()', () => {
  const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: join(folder, 'bin'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    ...more,
  });
  const cachePath = `cache/plumbline/temporal/${TEMPORAL_CLI_VERSION}/temporal`;

  it('takes TEMPORAL_CLI before the PATH, and the PATH before the cache', () => {
    const cached = program(cachePath, fitting);
    expect(findTemporalCli(environment())).toEqual({ path: cached, from: 'cache' });
    const onPath = program('bin/temporal', fitting);
    expect(findTemporalCli(environment())).toEqual({ path: onPath, from: 'PATH' });
    const named = program('mine/temporal', fitting);
    expect(findTemporalCli(environment({ TEMPORAL_CLI: named }))).toEqual({ path: named, from: 'TEMPORAL_CLI' });
  });

  it('passes over one on the PATH that is too old, and says so', () => {
    const onPath = program('bin/temporal', old);
    expect(findTemporalCli(environment())).toEqual({
      passedOver: `${onPath} holds server 1.24.0, older than 1.29.1`,
    });
  });

  it.each([
    ['absent', () => join(folder, 'absent'), 'is not an executable file'],
    ['failing', () => program('bad', fitting, 3), 'exit code 3'],
    ['another program', () => program('bad', 'GNU bash'), 'is not the Temporal CLI'],
    ['too old', () => program('bad', old), 'older than'],
  ])('refuses a TEMPORAL_CLI that is %s, whatever else there is', (_case, make, words) => {
    program(cachePath, fitting);
    expect(() => findTemporalCli(environment({ TEMPORAL_CLI: make() }))).toThrow(words);
  });

  it('does not trust a broken file in the cache', () => {
    program(cachePath, 'half a file', 1);
    expect(findTemporalCli(environment())).toEqual({});
  });

  it('finds nothing where nothing is', () => {
    expect(findTemporalCli(environment())).toEqual({});
  });

  it('keeps the cache in the home folder when the system names no other', () => {
    expect(cachedTemporalPath({})).toMatch(/\.cache\/plumbline\/temporal\/\d+\.\d+\.\d+\/temporal$/);
  });

  it('reads the server version out of what the CLI says', () => {
    expect(serverVersionIn(fitting)).toBe('1.29.1');
    expect(serverVersionIn('temporal version 0.0.0-DEV')).toBeUndefined();
  });

  it('asks for the archive of this machine', () => {
    expect(downloadUrl({ platform: 'linux', arch: 'x64' })).toMatch(/v\d+\.\d+\.\d+\?platform=linux&arch=amd64$/);
    expect(downloadUrl({ platform: 'darwin', arch: 'arm64' })).toMatch(/\?platform=darwin&arch=arm64$/);
  });
});

describe('provideMariadb()', () => {
  it('takes the server of MYSQL_URL as it is', async () => {
    expect(await provideMariadb({ MYSQL_URL: 'mysql://u:p@h' })).toEqual({
      detail: 'the server of MYSQL_URL',
      value: undefined,
    });
  });

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['', false],
  ])('takes CI=%s for continuous integration: %s', (value, answer) => {
    expect(isContinuousIntegration({ CI: value })).toBe(answer);
  });
});

describe('findPostgres()', () => {
  it('needs both programs', () => {
    const env = { PATH: join(folder, 'pg') };
    const initdb = program('pg/initdb', '');
    const postgres = program('pg/postgres', '');
    expect(findPostgres(env)).toEqual({ initdb, postgres });
  });
});

describe('providePostgres()', () => {
  it('takes the server of POSTGRES_URL as it is', async () => {
    expect(await providePostgres({ POSTGRES_URL: 'postgres://u:p@h' })).toEqual({
      detail: 'the server of POSTGRES_URL',
      value: undefined,
    });
  });

  it('takes the programs that are there', async () => {
    program('pg/initdb', '');
    const postgres = program('pg/postgres', '');
    expect(await providePostgres({ PATH: join(folder, 'pg') })).toEqual({ detail: postgres, value: undefined });
  });
});

describe('provideChromium()', () => {
  it('takes the program that is named, or that is there', async () => {
    const named = { detail: '/opt/chrome', value: undefined };
    expect(await provideChromium({ PLUMBLINE_CHROMIUM: '/opt/chrome' })).toEqual(named);
    const chromium = program('browsers/chromium', '');
    expect(await provideChromium({ PATH: join(folder, 'browsers') })).toEqual({ detail: chromium, value: undefined });
  });
});

describe('findPromtool()', () => {
  const fit = 'promtool, version 2.42.0+ds (branch: debian/sid)';
  const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: join(folder, 'bin'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    ...more,
  });

  it('takes PROMTOOL before the PATH, and the PATH before the cache', () => {
    expect(findPromtool(environment())).toBeUndefined();
    const cached = program('cache/plumbline/promtool/2.42.0/promtool', fit);
    expect(findPromtool(environment())).toBe(cached);
    const onPath = program('bin/promtool', fit);
    expect(findPromtool(environment())).toBe(onPath);
    const named = program('mine/promtool', fit);
    expect(findPromtool(environment({ PROMTOOL: named }))).toBe(named);
  });

  it('passes over one on the PATH that does not know keep_firing_for', () => {
    program('bin/promtool', 'promtool, version 2.41.0 (branch: HEAD)');
    const cached = program('cache/plumbline/promtool/2.42.0/promtool', fit);
    expect(findPromtool(environment())).toBe(cached);
  });

  it.each([
    ['absent', () => join(folder, 'absent'), 'is not an executable file'],
    ['failing', () => program('bad', fit, 3), 'exit code 3'],
    ['another program', () => program('bad', 'GNU bash'), 'as promtool does not'],
    ['too old', () => program('bad', 'promtool, version 2.9.2'), 'older than 2.42.0'],
  ])('refuses a PROMTOOL that is %s', (_case, make, words) => {
    expect(() => findPromtool(environment({ PROMTOOL: make() }))).toThrow(words);
  });
});

describe('providePromtool()', () => {
  it('fails in continuous integration where there is neither promtool nor Debian, and elsewhere says that it is absent', async () => {
    const env = { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache') };
    await expect(providePromtool({ ...env, CI: 'true' })).rejects.toThrow('need promtool, and there is none');
    expect(await providePromtool(env)).toEqual({ detail: 'absent', value: undefined });
  });
});

describe('withLock()', () => {
  it('lets one in at a time', async () => {
    const lock = join(folder, 'a.lock');
    const events: string[] = [];
    const enter = (name: string) =>
      withLock(
        lock,
        async () => {
          events.push(`${name} in`);
          await new Promise((resolve) => setTimeout(resolve, 20));
          events.push(`${name} out`);
        },
        { pollMs: 5 },
      );
    await Promise.all([enter('a'), enter('b'), enter('c')]);
    for (let index = 0; index < events.length; index += 2) {
      expect(events[index + 1]).toBe(events[index]?.replace('in', 'out'));
    }
    expect(existsSync(lock)).toBe(false);
  });

  it('is released when the work fails', async () => {
    const lock = join(folder, 'a.lock');
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  it('is taken over from a process that is gone', async () => {
    const lock = join(folder, 'a.lock');
    mkdirSync(lock);
    // Above the largest process id of Linux.
    writeFileSync(join(lock, 'holder'), `4194305 ${hostname()}`);
    expect(await withLock(lock, async () => 'done', { pollMs: 5 })).toBe('done');
  });

  it('is not taken over from a process that lives, nor from another machine', async () => {
    for (const holder of [`${process.pid} ${hostname()}`, '4194305 some-other-machine']) {
      const lock = join(folder, 'a.lock');
      mkdirSync(lock);
      writeFileSync(join(lock, 'holder'), holder);
      let entered = false;
      const work = async () => {
        entered = true;
      };
      const waiting = withLock(lock, work, { pollMs: 5 });
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(entered).toBe(false);
      rmSync(lock, { recursive: true });
      await waiting;
      expect(entered).toBe(true);
    }
  });
});
