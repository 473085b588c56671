import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init } from '#src/cli/commands/init.js';
import { runCommand } from '#src/cli/commands/run.js';
import type { CommandContext } from '#src/cli/context.js';

/** A working day on which all of the sample's months are closed and due. */
export const NOW = '2026-11-23T09:30:00.123Z';

interface Surroundings {
  readonly now?: string;
  readonly columns?: number;
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** What commands wrote since the last look. */
export interface Written {
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for one test, and commands run in it. */
export interface WorkingFolder {
  readonly path: string;
  run(command: (context: CommandContext) => Promise<number>, surroundings?: Surroundings): Promise<Written>;
  /** Replaces a passage of a file, which must be there. */
  edit(file: string, from: string | RegExp, to: string): Promise<void>;
}

export async function withWorkingFolder(work: (folder: WorkingFolder) => Promise<void>): Promise<void> {
  const path = await mkdtemp(join(tmpdir(), 'plumbline-cli-'));
  try {
    await work({
      path,
      run: async (command, surroundings = {}) => {
        const { context, written } = recorded(path, surroundings);
        await command(context);
        return written();
      },
      edit: async (file, from, to) => {
        const before = await readFile(join(path, file), 'utf8');
        const after = before.replace(from, to);
        if (after === before) throw new Error(`${file} does not hold ${from}`);
        await writeFile(join(path, file), after);
      },
    });
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

/** A working folder with a new config folder `acme` in Berlin, its sample collected. */
export function withCollected(work: (folder: WorkingFolder) => Promise<void>): Promise<void> {
  return withWorkingFolder(async (folder) => {
    await folder.run((context) => init(context, 'acme'));
    await folder.run((context) => runCommand(context, { config: 'acme' }));
    await work(folder);
  });
}

function recorded(cwd: string, { now = NOW, columns, isTTY, env = {} }: Surroundings) {
  const out: string[] = [];
  const err: string[] = [];
  const context: CommandContext = {
    stdout: {
      write: (text) => out.push(text),
      ...(columns === undefined ? {} : { columns }),
      ...(isTTY === undefined ? {} : { isTTY }),
    },
    stderr: { write: (text) => err.push(text) },
    env: { TZ: 'Europe/Berlin', ...env },
    cwd,
    now: () => now,
    signal: new AbortController().signal,
  };
  return { context, written: (): Written => ({ out: out.join(''), err: err.join('') }) };
}
