import { RESTATED_DAYS, type StatusFlip, statusFlip } from '#src/domain/alert/status-flip.js';
import { addMilliseconds } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { timeOfSweep } from '../../sweep-run-id.js';

/**
 * Closed periods whose status was turned by corrections of the last days, by measure. What is recent is decided by nominal
 * times; the store looks by the clock, which is never behind them.
 */
export async function flipsByMeasure(
  reader: StoreReader,
  now: Instant,
): Promise<ReadonlyMap<string, readonly StatusFlip[]>> {
  const since = addMilliseconds(now, -RESTATED_DAYS * 86_400_000);
  const flips = new Map<string, StatusFlip[]>();
  for (const { measure, period, revisions } of await reader.restatedPeriods(since)) {
    const judged = revisions.map(({ reason, runId, logicalTime, recordedAt, ...of }) => ({
      ...of,
      restated: reason === 'restated',
      at: logicalTime ?? timeOfSweep(runId) ?? recordedAt,
    }));
    const flip = statusFlip(period, judged, since);
    if (flip !== undefined) flips.set(measure, [...(flips.get(measure) ?? []), flip]);
  }
  return flips;
}
