import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/setup/root.mjs';
import { projectFiles } from './source-files.js';

/** What every error code begins with: the part of the program, `BUG` for what can only be our mistake, or `CANCELLED`, which is all of it. */
export const CODE_PREFIXES = [
  'BUG',
  'CANCELLED',
  'CHANNEL',
  'CLI',
  'CONFIG',
  'LINKS',
  'RUN',
  'SCHEDULE',
  'SOURCE',
  'STEP',
  'STORE',
  'TEMPORAL',
];

const THROWN = /new PlumblineError\(\s*'(?<kind>\w+)',\s*'(?<code>\w+)'/g;
const CODE_LITERAL = new RegExp(`(?<!\\[)'(?<code>(?:${CODE_PREFIXES.join('|')})(?:_[A-Z0-9]+)+)'`, 'g');

/** Codes in the program's source, with the files that name them. */
export function codesInSource(): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, string[]>();
  for (const file of projectFiles(['src', 'connectors'], /\.ts$/)) {
    const text = readFileSync(join(root, file), 'utf8');
    const found = [...text.matchAll(THROWN), ...text.matchAll(CODE_LITERAL)].map(
      ({ groups }) => groups?.['code'] ?? '',
    );
    for (const code of new Set(found)) codes.set(code, [...(codes.get(code) ?? []), file]);
  }
  return new Map([...codes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Codes that docs/reference/errors.md explains: the first cell of a table row, or a heading. */
export function codesInReference(): readonly string[] {
  const text = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
  return [...text.matchAll(/^(?:\||#+) *`(?<code>[A-Z0-9_]+)`/gm)].map(({ groups }) => groups?.['code'] ?? '').sort();
}
