import { readFileSync } from 'node:fs';
import { SetupError } from './progress.mjs';
import { root } from './root.mjs';

/**
 * Compares dotted versions number by number; missing parts count as 0.
 *
 * @param {string} left
 * @param {string} right
 */
export function isAtLeast(left, right) {
  const wanted = right.split('.').map(Number);
  const given = left.split('.').map(Number);
  for (const [index, want] of wanted.entries()) {
    const have = given[index] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

/** The step that looks at the running Node. */
export async function checkNode(version = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  const minimum = String(engines.node).replace(/^>=\s*/, '');
  if (!isAtLeast(version, minimum)) {
    throw new SetupError(
      `Plumbline needs Node ${minimum} or newer, and this is Node ${version}.`,
      'Install a newer Node (https://nodejs.org, or your version manager: `nvm install 22`), then run the command again.',
    );
  }
  return { detail: `${version} (at least ${minimum} needed)`, value: undefined };
}
