import { resolve } from 'node:path';
import { writeSchemas } from '#src/config/json-schema.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import type { CommandContext, CommandResult } from '../context.js';
import { writing } from '../writing.js';

/** Writes the JSON Schemas of the config files, for editors, and says which. */
export async function schema(context: CommandContext, { write }: { readonly write: string }): CommandResult {
  const paths = await writing(write, () => writeSchemas(resolve(context.cwd, write), builtInConnectors));
  context.stdout.write(`${paths.join('\n')}\n`);
  context.stderr.write('Name them in the first line of a file: # yaml-language-server: $schema=<path>\n');
  return 0;
}
