import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ProcessFigure {
  /** From the start of the process to its end. */
  readonly ms: number;
  /** Most memory it used, in MiB, as it printed it itself at the end (`peak <KiB>`). */
  readonly peakMib: number;
  readonly stdout: string;
}

/**
 * Runs a command to its end.
 *
 * @throws Error when it does not exit with 0, or prints no peak
 */
export async function wholeProcess(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<ProcessFigure> {
  const { PATH, HOME } = process.env;
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd, env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  const ms = performance.now() - startedAt;
  const peak = /^peak (\d+)$/m.exec(stdout)?.[1];
  if (code !== 0 || peak === undefined)
    throw new Error(`${command} ${args[0]} ended with ${String(code)}:\n${stdout}\n${stderr}`);
  return { ms, peakMib: Number.parseInt(peak, 10) / 1024, stdout };
}

/** CommonJS file to preload into a Node process that does not print its peak by itself. */
export const PRINT_PEAK = `'use strict';
process.on('exit', () => {
  require('node:fs').writeSync(1, '\\npeak ' + process.resourceUsage().maxRSS + '\\n');
});
`;
