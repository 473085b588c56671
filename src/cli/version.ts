import { readFileSync } from 'node:fs';
import { packageRoot } from '#src/worker/package-root.js';

/** Version of the package this file belongs to. */
export function packageVersion(): string {
  const content: unknown = JSON.parse(readFileSync(new URL('package.json', packageRoot()), 'utf8'));
  const version = typeof content === 'object' && content !== null && 'version' in content ? content.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
