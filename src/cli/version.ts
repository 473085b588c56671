import { existsSync, readFileSync } from 'node:fs';

/** Version of the package this file belongs to, in the source tree and in the build alike. */
export function packageVersion(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file)) {
      const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
      const version =
        typeof content === 'object' && content !== null && 'version' in content ? content.version : undefined;
      return typeof version === 'string' ? version : 'unknown';
    }
    if (folder.pathname === '/') return 'unknown';
  }
}
