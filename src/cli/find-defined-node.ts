import { closestName, remedyForName } from '#src/config/spec/closest-name.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { DefinedNode } from './render/definition/defined-tree.js';

const MOST_NAMES = 12;

/**
 * The node of an address, or of its last part where only one has it. What a definition makes for its many units is found
 * by its whole address, else the definition is meant.
 *
 * @throws PlumblineError `config` CLI_UNKNOWN_ADDRESS, CLI_AMBIGUOUS_ADDRESS
 */
export function findDefinedNode(nodes: readonly DefinedNode[], written: string): DefinedNode {
  const exact = nodes.find(({ address }) => address === written);
  if (exact !== undefined) return exact;
  const own = nodes.filter((node) => !isOfUnit(node));
  const [first, ...others] = own.filter(({ address }) => address.endsWith(`/${written}`));
  if (first === undefined) throw unknownNode(own, written);
  if (others.length === 0) return first;
  const addresses = [first, ...others].map(({ address }) => address);
  const shown = addresses.slice(0, MOST_NAMES).join(', ');
  throw new PlumblineError(
    'config',
    'CLI_AMBIGUOUS_ADDRESS',
    `Cannot explain "${written}": ${addresses.length} end so.`,
    {
      remedy: `Use the whole address: ${shown}${addresses.length > MOST_NAMES ? ' …' : ''}.`,
    },
  );
}

/** By the depth of its address: `<scorecard>/<unit>/<id>`, or the scorecard of a unit. */
function isOfUnit(node: DefinedNode): boolean {
  if (node.kind === 'measure') return node.measure.forUnit !== undefined;
  return node.kind === 'scorecard' ? (node.scorecard.unit ?? '') !== '' : node.address.split('/').length > 2;
}

function unknownNode(nodes: readonly DefinedNode[], written: string): PlumblineError {
  const addresses = nodes.map(({ address }) => address);
  const ids = addresses.map((address) => address.slice(address.indexOf('/') + 1));
  const meant = closestName(written, [...ids, ...addresses]);
  const holding = addresses.filter((address) => written !== '' && address.includes(written.toLowerCase()));
  const remedy =
    meant !== undefined
      ? `Did you mean "${meant}"?`
      : holding.length > 0
        ? `Did you mean one of: ${holding.slice(0, MOST_NAMES).join(', ')}?`
        : `${remedyForName(written, addresses, 'there is nothing yet')}.`;
  return new PlumblineError(
    'config',
    'CLI_UNKNOWN_ADDRESS',
    `Cannot explain "${written}": no scorecard, perspective, objective or measure is called so.`,
    { remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}` },
  );
}
