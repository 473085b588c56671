// Runs a command with its output in a log file, so that the terminal shows progress and not a page of noise.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { onEnd } from './cleanup.mjs';
import { keepTelling, SetupError } from './progress.mjs';
import { root } from './root.mjs';

const EXCERPT_LINES = 10;

/**
 * The log of a set-up step.
 *
 * @param {string} name
 */
function logFile(name) {
  return `${root}/.plumbline/setup/${name}.log`;
}

/**
 * What a person needs of a log: npm and compilers say the cause first, build tools last.
 *
 * @param {string} file
 */
function excerpt(file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const shown =
    lines.length <= 2 * EXCERPT_LINES ? lines : [...lines.slice(0, EXCERPT_LINES), '…', ...lines.slice(-EXCERPT_LINES)];
  return shown.map((line) => `    | ${line}`).join('\n');
}

/**
 * Runs `command` to its end, telling that it still runs every ten seconds.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log: string, announce: string, remedy: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, cwd?: string }} options
 * @throws {SetupError} when it cannot start, fails or takes too long; with an excerpt of its output
 */
export async function runLogged(command, args, options) {
  const { log, announce, remedy, env = process.env, timeoutMs = 3_600_000, cwd = root } = options;
  const file = logFile(log);
  mkdirSync(dirname(file), { recursive: true });
  const output = openSync(file, 'w');
  const shown = relative(root, file);
  const stopTelling = keepTelling(`${announce} (output in ${shown})`);
  try {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', output, output], timeout: timeoutMs });
    const forget = onEnd(() => child.kill());
    /** @type {string} */
    const outcome = await new Promise((done) => {
      child.once('error', (error) => done(`could not be started: ${error.message}`));
      child.once('exit', (code, signal) =>
        done(code === 0 ? '' : signal ? `was ended by ${signal}` : `exited with ${code}`),
      );
    });
    forget();
    if (outcome)
      throw new SetupError(`\`${[command, ...args].join(' ')}\` ${outcome}. From ${shown}:\n${excerpt(file)}`, remedy);
  } finally {
    stopTelling();
    closeSync(output);
  }
}
