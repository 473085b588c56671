// The browser that the tests of HTML mail look through.
import { existsSync } from 'node:fs';
import { findExecutable } from './executables.mjs';
import { isContinuousIntegration } from './mariadb.mjs';
import { SetupError, say } from './progress.mjs';
import { runLogged } from './run-logged.mjs';

export const CHROMIUM_REMEDY = [
  'Any one of these helps:',
  '    - install Chromium or Chrome (Debian: apt-get install chromium);',
  '    - name one: PLUMBLINE_CHROMIUM=/path/to/chromium',
].join('\n');

/**
 * The program; `undefined` when none is installed.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function findChromium(env = process.env) {
  return env['PLUMBLINE_CHROMIUM'] || findExecutable(['chromium', 'chromium-browser', 'google-chrome'], { env });
}

async function installDebianPackage() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, remedy: CHROMIUM_REMEDY, timeoutMs: 600_000 };
  await runLogged('apt-get', ['update'], { ...options, log: 'apt-get-update', announce: 'apt-get update' });
  await runLogged('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
    ...options,
    log: 'apt-get-install-chromium',
    announce: 'apt-get install chromium: about 15 s',
  });
}

/** The step that brings a browser for the tests. */
export async function provideChromium(env = process.env) {
  const found = findChromium(env);
  if (found) return { detail: found, value: undefined };
  try {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
      throw new SetupError('The tests of HTML mail need Chromium, and none is installed.', CHROMIUM_REMEDY);
    }
    await installDebianPackage();
    const installed = findChromium(env);
    if (!installed) throw new SetupError('chromium was installed, and there is no such program.', CHROMIUM_REMEDY);
    return { detail: `${installed} (installed)`, value: undefined };
  } catch (error) {
    if (isContinuousIntegration(env) || !(error instanceof SetupError)) throw error;
    say(`    ! ${error.message}\n    The tests that need it will say so and be left out.\n    ${error.remedy}`);
    return { detail: 'absent', value: undefined };
  }
}
