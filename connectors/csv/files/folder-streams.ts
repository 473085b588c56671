import type { ReadGuard } from '#connectors/sdk/limits.js';
import type { FileStream } from '../place.js';
import { byName, type DeliveredFile } from './delivered-file.js';
import { fileBytes } from './file-bytes.js';
import { globMatcher } from './glob.js';
import { listFiles } from './list-files.js';
import { problemOfPattern } from './path-glob.js';

/** Endings of text in columns; anything else in a folder is not offered. */
const DELIMITED = /\.(csv|tsv|tab|psv|txt|dat)(\.gz)?$/i;

/**
 * Files of a folder by their shape: names that differ in their digits only are one stream, `sales-2026-01.csv` and
 * `sales-2026-02.csv` are `sales-*-*.csv`. A stream that is asked for by another glob is the files of that glob.
 */
export async function folderStreams(
  folder: string,
  wanted: string | undefined,
  guard: ReadGuard,
): Promise<readonly FileStream[]> {
  const { checkpoint } = guard;
  const all = await listFiles(folder, { patterns: ['**/*'], checkpoint });
  const groups = new Map<string, DeliveredFile[]>();
  for (const file of all.filter(({ name }) => DELIMITED.test(name))) {
    const shape = shapeOf(file.name);
    const group = groups.get(shape);
    if (group === undefined) groups.set(shape, [file]);
    else group.push(file);
  }
  if (wanted !== undefined && !groups.has(wanted)) {
    if (problemOfPattern(wanted) !== undefined) return [];
    const files = await listFiles(folder, { patterns: [wanted], checkpoint });
    return files.length === 0 ? [] : [streamOf(wanted, files, [], guard)];
  }
  return [...groups]
    .filter(([shape]) => wanted === undefined || shape === wanted)
    .map(([shape, files]) => streamOf(shape, files, othersMatched(shape, all), guard))
    .sort(byName);
}

function shapeOf(name: string): string {
  return name.replace(/\d+/g, '*');
}

function othersMatched(shape: string, all: readonly DeliveredFile[]): readonly string[] {
  const matches = globMatcher(shape.slice(shape.lastIndexOf('/') + 1));
  const folder = shape.slice(0, shape.lastIndexOf('/') + 1);
  const others = all.filter(({ name }) => {
    if (shapeOf(name) === shape || shapeOf(name.slice(0, name.lastIndexOf('/') + 1)) !== folder) return false;
    return matches(name.slice(name.lastIndexOf('/') + 1));
  });
  const [first] = others;
  return first === undefined ? [] : [`the pattern also matches files of another shape, such as "${first.name}"`];
}

function streamOf(
  name: string,
  files: readonly DeliveredFile[],
  notes: readonly string[],
  guard: ReadGuard,
): FileStream {
  const newest = files.reduce((best, file) => (file.state.mtimeNs >= best.state.mtimeNs ? file : best));
  return {
    name,
    file: newest.name,
    head: () => fileBytes(newest, guard).chunks,
    notes: [
      files.length === 1
        ? `1 file, "${newest.name}"`
        : `${files.length} files; looked at "${newest.name}", the one that changed last`,
      ...notes,
    ],
  };
}
