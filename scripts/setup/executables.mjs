import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The first executable of one of these names on the search path.
 *
 * @param {readonly string[]} names in order of preference
 * @param {{ env?: NodeJS.ProcessEnv, alsoIn?: readonly string[] }} [options] further folders, after the path
 * @returns {string | undefined} absolute path
 */
export function findExecutable(names, { env = process.env, alsoIn = [] } = {}) {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...alsoIn];
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const name of names) {
    for (const folder of folders) {
      const candidate = join(folder, `${name}${suffix}`);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}
