import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

const LIST = '/proc/self/fd';

/**
 * Counts the files of a folder that this process has open, whoever opened them and by which library. `undefined` on a
 * system that has no list of them.
 */
export function openFilesIn(folder: string): (() => Promise<number>) | undefined {
  try {
    readdirSync(LIST);
  } catch {
    return undefined;
  }
  return async () => openFiles().filter((path) => path.startsWith(`${folder}/`)).length;
}

function openFiles(): readonly string[] {
  return readdirSync(LIST).flatMap((descriptor) => {
    try {
      return [readlinkSync(join(LIST, descriptor))];
    } catch {
      // Closed since it was listed, as the one that lists is.
      return [];
    }
  });
}
