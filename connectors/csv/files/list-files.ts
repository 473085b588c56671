import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { castFileError } from '../errors.js';
import { byName, type DeliveredFile, fileStateOf } from './delivered-file.js';
import { type PatternStep, patternSteps } from './path-glob.js';

/** Entries looked at in all; `**` over a whole disk is a mistake in the configuration, not a delivery. */
const MAX_ENTRIES = 500_000;

export interface ListRequest {
  readonly patterns: readonly string[];
  /** A file counts only when its name with this ending is there too. */
  readonly done?: string | undefined;
  /** Throws when the caller has had enough. */
  checkpoint(): void;
}

/**
 * The regular files of a folder whose paths match one of the patterns, each once, sorted by name (by code unit).
 *
 * Names that begin with a dot only match a step that does too, so lock and half-copied files stay out. Links are
 * followed where they stay inside the folder; `**` follows no link to a folder at all, so no circle traps it.
 *
 * @throws PlumblineError `permission` SOURCE_OUTSIDE_FOLDER for a matching link that leads out
 */
export async function listFiles(folder: string, request: ListRequest): Promise<readonly DeliveredFile[]> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw castFileError(error, `Opening folder "${folder}"`);
  });
  const walk = folderWalk(root, folder, request);
  const found = new Map<string, DeliveredFile>();
  for (const pattern of request.patterns) {
    for (const file of await walk(root, '', patternSteps(pattern))) found.set(file.name, file);
  }
  return [...found.values()].sort(byName);
}

type Walk = (path: string, prefix: string, steps: readonly PatternStep[]) => Promise<readonly DeliveredFile[]>;

function folderWalk(root: string, folder: string, request: ListRequest): Walk {
  let seen = 0;
  const entriesOf = async (path: string, prefix: string): Promise<readonly Dirent[]> => {
    request.checkpoint();
    const name = prefix === '' ? folder : prefix;
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      throw castFileError(error, `Opening folder "${name}"`);
    });
    seen += entries.length;
    if (seen > MAX_ENTRIES) throw tooManyEntries(folder);
    return entries.sort(byName);
  };

  const walk: Walk = async (path, prefix, steps) => {
    const [step, ...rest] = steps;
    if (step === undefined) return [];
    const entries = await entriesOf(path, prefix);
    if (step.kind === 'any_folders') {
      const files = [...(await walk(path, prefix, rest))];
      for (const entry of entries) {
        if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
        files.push(...(await walk(join(path, entry.name), `${prefix}${entry.name}/`, steps)));
      }
      return files;
    }
    const matching = entries.filter(({ name }) => (step.kind === 'exact' ? step.name === name : step.matches(name)));
    const files: DeliveredFile[] = [];
    const names = new Set(entries.map(({ name }) => name));
    for (const { name } of matching) {
      if (rest.length === 0 && !isDelivered(name, names, request.done)) continue;
      const entry = await resolveInside(root, join(path, name), `${prefix}${name}`);
      if (entry === undefined) continue;
      if (rest.length > 0 && entry.kind === 'folder')
        files.push(...(await walk(entry.path, `${prefix}${name}/`, rest)));
      if (rest.length === 0 && entry.kind === 'file') files.push(entry.file);
    }
    return files;
  };
  return walk;
}

function isDelivered(name: string, names: ReadonlySet<string>, done: string | undefined): boolean {
  if (done === undefined) return true;
  return !name.endsWith(done) && names.has(`${name}${done}`);
}

type Resolved =
  | { readonly kind: 'file'; readonly file: DeliveredFile }
  | { readonly kind: 'folder'; readonly path: string };

async function resolveInside(root: string, entry: string, name: string): Promise<Resolved | undefined> {
  const opening = `Opening file "${name}"`;
  try {
    const path = await realpath(entry);
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw new PlumblineError('permission', 'SOURCE_OUTSIDE_FOLDER', `${opening}: it is a link out of its folder`, {
        remedy: 'Put the file itself into the folder; links are followed only inside it.',
      });
    }
    const stats = await stat(path, { bigint: true });
    if (stats.isDirectory()) return { kind: 'folder', path };
    return stats.isFile() ? { kind: 'file', file: { name, path, state: fileStateOf(stats) } } : undefined;
  } catch (error) {
    throw castFileError(error, opening);
  }
}

function tooManyEntries(folder: string): PlumblineError {
  return new PlumblineError(
    'data',
    'SOURCE_LIMIT_EXCEEDED',
    `Looking for files in "${folder}" was stopped: more than ${MAX_ENTRIES} entries were looked at`,
    { remedy: 'Name the folders in "files:" instead of "**", or move old files out of the folder.' },
  );
}
