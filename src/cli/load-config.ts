import { resolve } from 'node:path';
import { formatProblems, readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { connectorsOf } from '#src/worker/connectors.js';
import type { CommandContext } from './context.js';

/**
 * The configuration of a folder; warnings go to stderr.
 *
 * @throws PlumblineError `config` CONFIG_INVALID with every problem in the message
 */
export async function loadConfig(context: CommandContext, folder: string): Promise<ResolvedConfig> {
  const path = resolve(context.cwd, folder);
  const { config, problems } = await readConfig(path, await connectorsOf(path));
  if (config === undefined) {
    throw new PlumblineError(
      'config',
      'CONFIG_INVALID',
      `The configuration in "${folder}" cannot be used:\n${formatProblems(problems)}`,
    );
  }
  if (problems.length > 0) context.stderr.write(formatProblems(problems));
  return config;
}
