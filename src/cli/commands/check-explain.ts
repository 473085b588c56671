import { dateInZone } from '#src/domain/period/period-instants.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { findDefinedNode } from '../find-defined-node.js';
import { loadConfig } from '../load-config.js';
import { definedTree } from '../render/definition/defined-tree.js';
import { definitionJson } from '../render/definition/definition-json.js';
import { definitionText } from '../render/definition/definition-text.js';
import { nodeDefinition } from '../render/definition/node-definition.js';
import { USUAL_WIDTH } from '../render/text-width.js';

/** One node of a scorecard in full words, from the configuration alone: no store is opened, and no source. */
export async function checkExplain(
  context: CommandContext,
  written: string,
  { config: folder, json }: ConfigOption & { readonly json?: true },
): CommandResult {
  const config = await loadConfig(context, folder, 'none');
  const node = findDefinedNode(definedTree(config).nodes, written);
  const definition = nodeDefinition(config, node, dateInZone(context.now(), config.site.timeZone));
  const { stdout } = context;
  stdout.write(
    json
      ? `${JSON.stringify(definitionJson(definition), null, 2)}\n`
      : definitionText(definition, stdout.columns ?? USUAL_WIDTH),
  );
  return 0;
}
