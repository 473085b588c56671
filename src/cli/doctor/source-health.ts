import { collectedIn } from '#src/activities/config-lookup.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import type { Instant } from '#src/domain/period/types.js';
import type { PullRecord, StoreReader } from '#src/store/types.js';
import { localTime } from '../render/time-words.js';
import type { Finding } from './finding.js';

/** How each connection was read last, by what the runs have recorded: nobody is asked anew. What feeds no measure is not read. */
export async function sourceHealth(read: StoreReader, config: ResolvedConfig): Promise<readonly Finding[]> {
  const feeding = new Set(collectedIn(config).map(({ extract }) => extract));
  const extracts = config.extracts.filter(({ id }) => feeding.has(id));
  const pulls = await read.latestPulls(extracts.map(({ id }) => id));
  const found: Finding[] = [];
  for (const { id } of config.connections) {
    const own = extracts.filter(({ connection }) => connection === id).map((extract) => extract.id);
    if (own.length === 0) continue;
    const latest = pulls.filter(({ extract }) => own.includes(extract));
    found.push(connectionFinding(id, latest, await failingSince(read, id, own), config.site.timeZone));
  }
  return found;
}

function connectionFinding(
  id: string,
  pulls: readonly (PullRecord & { readonly logicalTime: Instant })[],
  since: Instant | undefined,
  timeZone: string,
): Finding {
  const finding = { area: 'source', subject: id } as const;
  const last = pulls.map(({ logicalTime }) => logicalTime).reduce((a, b) => (a > b ? a : b), '');
  if (last === '') {
    const remedy = 'Wait for its schedule, or run "plumbline trigger".';
    return { ...finding, health: 'warn', says: 'It was never read.', remedy };
  }
  const failing = pulls.filter(({ outcome }) => outcome === 'failed');
  const [first] = failing;
  if (first === undefined) return { ...finding, health: 'ok', says: `It was read for ${localTime(last, timeZone)}.` };
  const when = since === undefined ? `for ${localTime(last, timeZone)}` : `since ${localTime(since, timeZone)}`;
  return {
    ...finding,
    health: 'fail',
    says: `${failing.map(({ extract }) => extract).join(', ')} could not be read ${when}: ${messageOf(first)}`,
    remedy: `"plumbline source check ${id}" looks at it.`,
  };
}

/** By the alert that people were told of. */
async function failingSince(read: StoreReader, id: string, extracts: readonly string[]): Promise<Instant | undefined> {
  const subjects = [alertSubject('connection', id), ...extracts.map((extract) => alertSubject('extract', extract))];
  const told = (await read.alerts({ subjects })).filter(
    ({ kind, state }) => kind === 'source_failed' && isStanding(state),
  );
  return told.map(({ period }) => period).toSorted()[0];
}

function messageOf(pull: PullRecord): string {
  return pull.outcome === 'failed' ? `${pull.failure.code} ${pull.failure.message}` : '';
}
