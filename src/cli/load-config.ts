import { resolve } from 'node:path';
import { formatProblems, readConfig } from '#src/config/index.js';
import type { ConfigProblem, ConfigReading, ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { connectorsOf } from '#src/worker/connectors.js';
import type { CommandContext } from './context.js';
import { configOption } from './render/next-command.js';
import { counted } from './render/time-words.js';

/** Whether a warning is about what a command was asked for; `all` and `none` for what has no part of its own. */
export type Concerns = 'all' | 'none' | ((problem: ConfigProblem, config: ResolvedConfig) => boolean);

/**
 * The configuration of a folder; warnings go to stderr.
 *
 * @param concerns which warnings are told; the others are only counted
 * @throws PlumblineError `config` CONFIG_INVALID with every problem in the message
 */
export async function loadConfig(
  context: CommandContext,
  folder: string,
  concerns: Concerns = 'all',
): Promise<ResolvedConfig> {
  const path = resolve(context.cwd, folder);
  const reading = await readConfig(path, await connectorsOf(path));
  const config = assertUsable(reading, folder);
  const { problems } = reading;
  const told = problems.filter((problem) =>
    typeof concerns === 'string' ? concerns === 'all' : concerns(problem, config),
  );
  if (told.length > 0) context.stderr.write(formatProblems(told));
  const others = problems.length - told.length;
  if (others > 0) {
    const where = concerns === 'none' ? 'in the configuration' : 'elsewhere';
    context.stderr.write(`${counted(others, 'warning')} ${where}: plumbline check${configOption(folder)}\n`);
  }
  return config;
}

/**
 * The configuration that a reading gave.
 *
 * @throws PlumblineError `config` CONFIG_INVALID with every problem in the message
 */
export function assertUsable({ config, problems }: ConfigReading, folder: string): ResolvedConfig {
  if (config !== undefined) return config;
  throw new PlumblineError(
    'config',
    'CONFIG_INVALID',
    `The configuration in "${folder}" cannot be used:\n${formatProblems(problems)}`,
  );
}
