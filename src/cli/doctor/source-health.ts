import type { ResolvedConfig } from '#src/config/types.js';
import type { PullRecord, StoreReader } from '#src/store/types.js';
import { localTime } from '../render/time-words.js';
import type { Finding } from './finding.js';

/** How each connection was read last, by what the runs have recorded: nobody is asked anew. */
export async function sourceHealth(
  read: StoreReader,
  { connections, extracts, site }: ResolvedConfig,
): Promise<readonly Finding[]> {
  const pulls = await read.latestPulls(extracts.map(({ id }) => id));
  return connections.map(({ id }) => {
    const own = new Set(extracts.filter(({ connection }) => connection === id).map((extract) => extract.id));
    const ofConnection = pulls.filter(({ extract }) => own.has(extract));
    const failing = ofConnection.filter(({ outcome }) => outcome === 'failed');
    const finding = { area: 'source', subject: id } as const;
    const last = ofConnection.map(({ logicalTime }) => logicalTime).reduce((a, b) => (a > b ? a : b), '');
    if (last === '')
      return {
        ...finding,
        health: 'warn',
        says: 'It was never read.',
        remedy: 'Wait for its schedule, or run "plumbline trigger".',
      };
    const when = localTime(last, site.timeZone);
    const [first] = failing;
    if (first === undefined) return { ...finding, health: 'ok', says: `It was read for ${when}.` };
    return {
      ...finding,
      health: 'fail',
      says: `${failing.map(({ extract }) => extract).join(', ')} could not be read for ${when}: ${messageOf(first)}`,
      remedy: `"plumbline source check ${id}" looks at it; "plumbline alerts" says since when.`,
    };
  });
}

function messageOf(pull: PullRecord): string {
  return pull.outcome === 'failed' ? `${pull.failure.code} ${pull.failure.message}` : '';
}
