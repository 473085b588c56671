import { remedyForName } from '#src/config/spec/closest-name.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { ScorecardRow } from '#src/store/read-models/types.js';
import { addressesOf } from './find-measure.js';

const MOST_NAMES = 12;

/**
 * The address of a node of the tree, written whole or by its last part where only one has it.
 *
 * @throws PlumblineError `config` CLI_UNKNOWN_ADDRESS, CLI_AMBIGUOUS_ADDRESS
 */
export function findNode({ measures }: ResolvedConfig, rows: readonly ScorecardRow[], written: string): string {
  if (rows.some(({ node }) => node === written)) return written;
  const ending = rows.filter(({ node }) => node.endsWith(`/${written}`)).map(({ node }) => node);
  const [first, ...others] = ending;
  if (first === undefined) {
    const names = rows.map(({ node }) => node);
    const remedy = remedyForName(written, names, 'the configuration has no scorecard');
    throw new PlumblineError('config', 'CLI_UNKNOWN_ADDRESS', `Cannot show "${written}": there is no such address.`, {
      remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}`,
    });
  }
  if (others.length === 0) return first;
  const among = new Set(ending);
  const measured = measures.filter(({ address }) => among.has(address));
  const shown =
    measured.length === ending.length
      ? addressesOf(measured)
      : `${ending.slice(0, MOST_NAMES).join(', ')}${ending.length > MOST_NAMES ? ' …' : ''}`;
  throw new PlumblineError(
    'config',
    'CLI_AMBIGUOUS_ADDRESS',
    `Cannot show "${written}": ${ending.length.toLocaleString('en-US')} addresses end so.`,
    { remedy: `Use the whole address: ${shown}.` },
  );
}
