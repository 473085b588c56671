import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { castFileError } from './errors.js';

/** A file that may be read: its name in the folder, and where it really is. */
export interface DeliveredFile {
  readonly name: string;
  readonly path: string;
}

/**
 * The regular files of a folder whose names match, sorted by name (by code unit: the same everywhere).
 *
 * Names that begin with a dot only match a glob that does too, so lock and half-copied files stay out.
 */
export async function listFiles(folder: string, glob: string): Promise<readonly DeliveredFile[]> {
  const opening = `Opening folder "${folder}"`;
  const root = await realpath(folder).catch((error: unknown) => {
    throw castFileError(error, opening);
  });
  const names = await readdir(root).catch((error: unknown) => {
    throw castFileError(error, opening);
  });
  const matches = globMatcher(glob);
  const files: DeliveredFile[] = [];
  for (const name of names.filter(matches).sort()) {
    const path = await resolveInside(root, name);
    if (path !== undefined) files.push({ name, path });
  }
  return files;
}

async function resolveInside(root: string, name: string): Promise<string | undefined> {
  const opening = `Opening file "${name}"`;
  try {
    const path = await realpath(join(root, name));
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw new PlumblineError('permission', 'SOURCE_OUTSIDE_FOLDER', `${opening}: it is a link out of its folder`, {
        remedy: 'Put the file itself into the folder; links are followed only inside it.',
      });
    }
    return (await stat(path)).isFile() ? path : undefined;
  } catch (error) {
    throw castFileError(error, opening);
  }
}

/** A test of file names: `*` stands for any letters, `?` for one. Linear in the name, whatever the glob. */
export function globMatcher(glob: string): (name: string) => boolean {
  const parts = glob.split(/\*+/).map((part) => [...part]);
  const hidden = glob.startsWith('.');
  return (text) => {
    if (text.startsWith('.') && !hidden) return false;
    return matchParts(parts, [...text]);
  };
}

function matchParts(parts: readonly (readonly string[])[], text: readonly string[]): boolean {
  const fits = (part: readonly string[], at: number): boolean =>
    at >= 0 && at + part.length <= text.length && part.every((letter, i) => letter === '?' || letter === text[at + i]);
  const first = parts[0] ?? [];
  if (parts.length === 1) return first.length === text.length && fits(first, 0);
  const last = parts.at(-1) ?? [];
  const lastAt = text.length - last.length;
  if (!fits(first, 0) || !fits(last, lastAt)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    while (from <= lastAt && !fits(part, from)) from += 1;
    if (from > lastAt) return false;
    from += part.length;
  }
  return from <= lastAt;
}
