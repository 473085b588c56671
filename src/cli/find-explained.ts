import type { RolledNode } from '#src/activities/score/node-roll-up.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Measure } from '#src/domain/measure/types.js';
import { findMeasure } from './find-measure.js';

const MOST_NAMES = 12;

/**
 * The measure or other node of an address, or of its last part where only one has it; measures go before other nodes.
 *
 * @param doing what is done to it, for the message
 * @throws PlumblineError `config` CLI_UNKNOWN_MEASURE, CLI_AMBIGUOUS_MEASURE, CLI_AMBIGUOUS_ADDRESS
 */
export function findExplained(
  { measures, scorecards }: Pick<ResolvedConfig, 'measures' | 'scorecards'>,
  written: string,
  doing = 'explain',
): { readonly measure: Measure } | { readonly node: RolledNode } {
  const isIt = ({ address }: { readonly address: string }): boolean => address === written;
  const endsSo = ({ address }: { readonly address: string }): boolean => address.endsWith(`/${written}`);
  const nodes = scorecards.flatMap(nodesOf);
  const exact = nodes.find(isIt);
  if (exact !== undefined && !measures.some(isIt)) return { node: exact.node };
  const ending = measures.some((each) => isIt(each) || endsSo(each)) ? [] : nodes.filter(endsSo);
  const [first, ...others] = ending;
  if (first === undefined) return { measure: findMeasure(measures, written, nodes, doing) };
  if (others.length === 0) return { node: first.node };
  const shown = ending.slice(0, MOST_NAMES).map(({ address }) => address);
  throw new PlumblineError(
    'config',
    'CLI_AMBIGUOUS_ADDRESS',
    `Cannot ${doing} "${written}": ${ending.length.toLocaleString('en-US')} addresses end so.`,
    { remedy: `Use the whole address: ${shown.join(', ')}${ending.length > MOST_NAMES ? ' …' : ''}.` },
  );
}

function nodesOf(
  scorecard: ResolvedConfig['scorecards'][number],
): readonly { readonly address: string; readonly node: RolledNode }[] {
  return [
    { address: scorecard.address, node: { kind: 'scorecard', scorecard } },
    ...scorecard.perspectives.map((perspective) => ({
      address: perspective.address,
      node: { kind: 'perspective', scorecard, perspective } as const,
    })),
    ...scorecard.objectives.map((objective) => ({
      address: objective.address,
      node: { kind: 'objective', scorecard, objective } as const,
    })),
  ];
}
