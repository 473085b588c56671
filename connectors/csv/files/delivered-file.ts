import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { castFileError, fileChanging } from '../errors.js';

/** What tells one state of a file from another without reading it. */
export interface FileState {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
  readonly dev: bigint;
  /** Its time of change as a UTC ISO instant, to the millisecond: for people. */
  readonly changedAt: string;
}

/** A file that may be read: its name as places show it, where it really is, and the state it was found in. */
export interface DeliveredFile {
  /** Relative to the folder or the url, with "/" between folders. */
  readonly name: string;
  readonly path: string;
  readonly state: FileState;
}

export function fileStateOf(stats: BigIntStats): FileState {
  return {
    size: stats.size,
    mtimeNs: stats.mtimeNs,
    ino: stats.ino,
    dev: stats.dev,
    changedAt: stats.mtime.toISOString(),
  };
}

/** The state of a file now. @throws PlumblineError `transient` when it is gone: it was there a moment ago */
export async function currentState(file: Pick<DeliveredFile, 'name' | 'path'>): Promise<FileState> {
  try {
    return fileStateOf(await stat(file.path, { bigint: true }));
  } catch (error) {
    const failure = castFileError(error, `Looking at file "${file.name}"`);
    throw failure.kind === 'not_found' ? fileChanging(file.name, 'it is gone') : failure;
  }
}

/** How a file differs from the state it was found in, in words; `undefined` when it does not. */
export function changeBetween(before: FileState, after: FileState): string | undefined {
  if (after.ino !== before.ino || after.dev !== before.dev) return 'another file took its name';
  if (after.size !== before.size) return 'its size';
  return after.mtimeNs === before.mtimeNs ? undefined : 'its time of change';
}

/** By code unit: the same on every machine. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
