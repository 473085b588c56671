import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { livingOwner, ownFolder } from '#src/cli/folder-owner.js';
import { endLeftOverServer } from '#src/temporal/dev-server.js';

export interface DemoFolder {
  readonly path: string;
  /** Words about what was found: another demo, an interrupted one. */
  readonly notes: readonly string[];
  /** Gives the folder free; what is in it stays to be looked at. */
  release(): void;
}

const MOST_DEMOS = 20;

/**
 * An empty folder for this demo: `<root>/demo`, or `demo-2` … while other demos are running.
 *
 * What an earlier demo left is removed; a server that an interrupted one left running is ended first.
 */
export async function takeDemoFolder(root: string): Promise<DemoFolder> {
  const notes: string[] = [];
  for (let number = 1; number <= MOST_DEMOS; number++) {
    const path = join(root, number === 1 ? 'demo' : `demo-${number}`);
    const owner = livingOwner(ownerFile(path));
    if (owner !== undefined) {
      notes.push(`Another demo (process ${owner}) is running in ${path}; this one runs beside it.`);
      continue;
    }
    if (await endLeftOverServer(join(path, 'temporal')))
      notes.push('An interrupted demo had left its Temporal server running; it is stopped.');
    if (existsSync(path)) notes.push(`The data of an earlier demo in ${path} is removed.`);
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return { path, notes, release: ownFolder(ownerFile(path)) };
  }
  throw new Error(`${MOST_DEMOS} demos are running in ${root}; stop one of them.`);
}

const ownerFile = (path: string): string => join(path, 'demo.pid');
