// Whether dist/ is the build of the source that is there now.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const FOLDERS = ['src', 'connectors', 'demo', 'bench'];
const FILES = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
  'scripts/build/command-bundle.mjs',
  'scripts/build/workflow-bundle.mjs',
];
const STAMP = 'dist/.source-digest';

/** @param {string} folder */
function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/** sha256 over path and content of all that decides the build. */
export function sourceDigest() {
  const hash = createHash('sha256');
  const files = [...FOLDERS.flatMap(filesBelow), ...FILES.filter((file) => existsSync(join(root, file)))];
  for (const file of files.sort()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The digest the build in dist/ was made from; '' when there is none. */
export function builtDigest() {
  const stamp = join(root, STAMP);
  return existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : '';
}

/** Where the build writes its digest. */
export const stampFile = join(root, STAMP);
