import { compareInstants } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';

/** The time freshness and alerts are judged by: a run for an earlier nominal time never turns them back. */
export async function judgingTime(reader: StoreReader, logicalTime: Instant): Promise<Instant> {
  const latest = await reader.latestLogicalTime();
  return latest !== undefined && compareInstants(latest, logicalTime) > 0 ? latest : logicalTime;
}
