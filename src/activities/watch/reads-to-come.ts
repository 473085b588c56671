import type { ResolvedConfig } from '#src/config/types.js';
import { lastNominalTime } from '#src/domain/collection/nominal-times.js';
import { compareInstants, millisecondsBetween } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { silenceBefore } from '#src/domain/watch/silence.js';
import type { StoreReader } from '#src/store/types.js';
import { silentMs } from './watch-pipeline.js';

/** So long reads that an outage has held up are waited for. */
const WAIT_MS = 3_600_000;

/**
 * Whether nobody ran until just now, and reads that were to be made meanwhile are still to come: what looks late or missing may
 * be there in a minute. A read that failed has been made.
 */
export async function areReadsToCome(reader: StoreReader, config: ResolvedConfig, now: Instant): Promise<boolean> {
  const limit = silentMs(config.site);
  const own = (await reader.pipelineProgress()).find(({ part }) => part === 'sweep');
  if (own === undefined) return false;
  const awakeSince = silenceBefore(own, now, limit) === undefined ? own.since : now;
  if (millisecondsBetween(awakeSince, now) > Math.min(limit, WAIT_MS)) return false;
  const pulls = await reader.latestPulls(config.extracts.map(({ id }) => id));
  const readAt = new Map(pulls.map(({ extract, logicalTime }) => [extract, logicalTime]));
  return config.pullGroups.some(({ cadence, extracts }) => {
    const times = extracts.flatMap((extract) => readAt.get(extract) ?? []);
    // One that was never read has nobody late.
    if (times.length === 0) return false;
    const due = lastNominalTime(now, cadence);
    return times.every((time) => compareInstants(time, due) < 0);
  });
}
