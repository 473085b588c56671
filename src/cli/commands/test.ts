import { resolve } from 'node:path';
import type { ExampleOutcome } from '#src/activities/example/example-types.js';
import { runExample } from '#src/activities/example/run-example.js';
import { readConfig } from '#src/config/index.js';
import type { Example, ResolvedConfig } from '#src/config/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { connectorsOf } from '#src/worker/connectors.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { chosenExamples, definitionsOf, measureOfExample } from '../example-measures.js';
import { assertUsable } from '../load-config.js';
import { exampleJson } from '../render/example-json.js';
import { exampleText } from '../render/example-text.js';
import { USUAL_WIDTH } from '../render/text-width.js';

interface TestOptions extends ConfigOption {
  readonly json?: true;
}

/**
 * Tries the examples of a config folder, in this process, without source, store and network; exit code 2 when one does not
 * hold, as for any other mistake in a configuration.
 *
 * @param names of examples or measures; none: all
 */
export async function test(
  context: CommandContext,
  names: readonly string[],
  { config: folder, json }: TestOptions,
): CommandResult {
  const path = resolve(context.cwd, folder);
  const reading = await readConfig(path, await connectorsOf(path));
  const config = assertUsable(reading, folder);
  const outcomes = await tried(chosenExamples(reading.examples, names), config, context.signal);
  const { stdout } = context;
  stdout.write(
    json ? `${JSON.stringify(exampleJson(outcomes), null, 2)}\n` : exampleText(outcomes, stdout.columns ?? USUAL_WIDTH),
  );
  return outcomes.every(({ differences }) => differences.length === 0) ? 0 : FAILURE_KINDS.config.exitCode;
}

async function tried(
  examples: readonly Example[],
  config: ResolvedConfig,
  signal: AbortSignal,
): Promise<readonly ExampleOutcome[]> {
  const definitions = definitionsOf(config);
  const outcomes: ExampleOutcome[] = [];
  for (const example of examples) {
    const measure = measureOfExample(example, config);
    outcomes.push(await runExample({ example, measure, config }, (address) => definitions.get(address), signal));
  }
  return outcomes;
}
