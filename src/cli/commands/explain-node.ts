import { nodeRollUp, type RolledNode } from '#src/activities/score/node-roll-up.js';
import { canonicalJson } from '#src/config/digest.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { RollUpRule } from '#src/domain/rollup/types.js';
import type { ReportingStore } from '#src/store/types.js';
import type { CommandContext } from '../context.js';
import { assertPeriodOf } from '../find-measure.js';
import { addressOfNode } from '../render/node/address-of-node.js';
import { nodeExplainJson } from '../render/node/node-explain-json.js';
import { nodeExplainText } from '../render/node/node-explain-text.js';
import { madeScore, type NodeExplanation } from '../render/node/node-explanation.js';
import { USUAL_WIDTH } from '../render/text-width.js';

/** How the score of an objective, perspective or scorecard is made; by default in the period that `status` shows. */
export async function explainNode(
  context: CommandContext,
  { config, store }: { readonly config: ResolvedConfig; readonly store: ReportingStore },
  node: RolledNode,
  { period, json }: { readonly period: string | undefined; readonly json: true | undefined },
): Promise<void> {
  const { name, rollUp = config.site.rollUp } = ownOf(node);
  const address = addressOfNode(node);
  if (period !== undefined) assertPeriodOf({ ...node.scorecard, address, kind: node.kind }, period, config);
  const found = await store.models.explain(address, period);
  const { score } = found;
  const made =
    score === undefined
      ? undefined
      : madeScore(await nodeRollUp(store.read, config, node, asStored(rollUp), score), score);
  const run = score === undefined ? undefined : await store.read.run(score.runId);
  const explained: NodeExplanation = {
    config,
    node,
    address,
    name,
    found,
    now: context.now(),
    notes: await notesIn(store, address, period ?? score?.period.id),
    ...(period === undefined ? {} : { asked: period }),
    ...(made === undefined ? {} : { made }),
    ...(run === undefined ? {} : { run }),
  };
  const { stdout } = context;
  stdout.write(
    json
      ? `${JSON.stringify(nodeExplainJson(explained), null, 2)}\n`
      : nodeExplainText(explained, stdout.columns ?? USUAL_WIDTH),
  );
}

function notesIn({ models }: ReportingStore, address: string, period: string | undefined) {
  return period === undefined ? [] : models.notesOf(address, period);
}

/** With its keys in the order that the store keeps them in, as runs read them. */
function asStored(rule: RollUpRule): RollUpRule {
  return JSON.parse(canonicalJson(rule));
}

function ownOf(node: RolledNode): { readonly name: string; readonly rollUp?: RollUpRule } {
  switch (node.kind) {
    case 'objective':
      return node.objective;
    case 'perspective':
      return node.perspective;
    case 'scorecard':
      return node.scorecard;
  }
}
