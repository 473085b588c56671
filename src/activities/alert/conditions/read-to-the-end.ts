import type { Measure } from '#src/domain/measure/types.js';
import { compareInstants, startInstant } from '#src/domain/period/period-instants.js';
import type { Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import type { LatestPull } from './latest-pull.js';

/**
 * Whether a value can be final: its source was read for a time after the period. What the run of the morning before found says
 * nothing yet of the last day, though midnight has passed.
 */
export function isReadToTheEnd({ end }: Period, { timeZone }: Measure, read: LatestPull | undefined): boolean {
  return read === undefined || compareInstants(startInstant(end, timeZone), read.logicalTime) <= 0;
}

/** The newest read of each extract; one that failed has found nothing. */
export async function lastReads(
  reader: StoreReader,
  pulls: readonly LatestPull[],
): Promise<ReadonlyMap<string, LatestPull>> {
  const reads = new Map<string, LatestPull>();
  for (const pull of pulls) {
    const read = pull.outcome === 'ok' ? pull : await reader.lastRead(pull.extract);
    if (read !== undefined) reads.set(pull.extract, read);
  }
  return reads;
}
