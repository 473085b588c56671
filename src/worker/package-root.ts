import { existsSync } from 'node:fs';

/** The package's own folder, from wherever in it this file is run: the source, the build, a chunk of the bundle. */
export function packageRoot(): URL {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    if (existsSync(new URL('package.json', folder)) || folder.pathname === '/') return folder;
  }
}
