import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** The version the set-up builds or downloads; the same constant as in scripts/setup/temporal-cli.mjs, which a test compares. */
export const TEMPORAL_CLI_VERSION = '1.5.1';

/**
 * The Temporal CLI, which holds the development server: `$TEMPORAL_CLI`, then the PATH, then the set-up's cache.
 *
 * @throws PlumblineError `config` TEMPORAL_CLI_MISSING
 */
export function findTemporalCli(env: Readonly<Record<string, string | undefined>>): string {
  const named = env['TEMPORAL_CLI'];
  const candidates = named ? [named] : [...onPath(env['PATH'] ?? ''), cached(env)];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new PlumblineError(
    'config',
    'TEMPORAL_CLI_MISSING',
    `Cannot start the Temporal development server: no Temporal CLI at ${named ? `TEMPORAL_CLI="${named}"` : 'the PATH or in the cache'}.`,
    {
      remedy:
        'Run "npm run setup", or install the Temporal CLI (https://docs.temporal.io/cli) and name it in TEMPORAL_CLI.',
    },
  );
}

const onPath = (path: string): string[] =>
  path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, 'temporal'));

function cached(env: Readonly<Record<string, string | undefined>>): string {
  return join(
    env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
    'plumbline',
    'temporal',
    TEMPORAL_CLI_VERSION,
    'temporal',
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
