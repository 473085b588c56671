import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../../scripts/setup/root.mjs';

/** Files below these folders of the project, as sorted paths relative to it; folders that are not there have none. */
export function projectFiles(folders: readonly string[], pattern: RegExp): readonly string[] {
  const present = readdirSync(root);
  return folders
    .filter((folder) => present.includes(folder.split('/')[0] ?? ''))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => pattern.test(path))
    .sort();
}
