import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * The other process that owns a folder, when it is still alive.
 *
 * @param file says who owns the folder, see {@link ownFolder}
 */
export function livingOwner(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    // Its own id, after a container was started again: the file was left behind by an earlier life.
    if (pid === process.pid) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

/** Notes this process as the owner in the file; what is returned takes the note away. */
export function ownFolder(file: string): () => void {
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}
