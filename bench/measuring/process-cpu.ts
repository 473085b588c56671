import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** CommonJS, so that it does not start the ESM loader in a process that would not have needed it. */
const PRELOAD = `'use strict';
const { writeSync } = require('node:fs');
process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, String(userCPUTime + systemCPUTime));
});
`;

export interface NodeCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Makes a stopwatch for whole Node processes.
 *
 * A preloaded file asks the operating system at exit for the CPU of the process: user and system, all its threads,
 * from the first instruction on. Only the tearing down after that is left out.
 *
 * @param folder where the preloaded file is written
 * @returns milliseconds of CPU of one process; throws when it does not exit with 0
 */
export function processCpu(folder: string): (command: NodeCommand) => Promise<number> {
  const preload = join(folder, 'report-cpu.cjs');
  writeFileSync(preload, PRELOAD);
  return async ({ args, cwd, env = {} }) => {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, ['--require', preload, ...args], {
      cwd,
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let words = '';
    let microseconds = '';
    child.stderr?.on('data', (text) => {
      words += text;
    });
    child.stdio[3]?.on('data', (text) => {
      microseconds += text;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}:\n${words}`);
    return Number.parseInt(microseconds, 10) / 1000;
  };
}
