#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { printError } from './print-error.js';
import { createProgram } from './program.js';

const stop = new AbortController();
// The Temporal client leaves a listener behind for every call that it makes under a signal: no leak here, and no warning.
setMaxListeners(0, stop.signal);
const ask = (): void => {
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
};
process.on('SIGINT', ask);
process.on('SIGTERM', ask);

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const context = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  now: () => new Date().toISOString(),
  signal: stop.signal,
};

try {
  process.exitCode = await createProgram(context)(process.argv.slice(2));
} catch (error) {
  process.exitCode = printError(context, error);
}
