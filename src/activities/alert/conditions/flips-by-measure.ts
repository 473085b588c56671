import type { ResolvedConfig } from '#src/config/types.js';
import { RESTATED_DAYS, type StatusFlip, statusFlip } from '#src/domain/alert/status-flip.js';
import { rowsUntil } from '#src/domain/derivation/rows-until.js';
import { isDerived, type Measure } from '#src/domain/measure/types.js';
import { isPeriodOf } from '#src/domain/period/period.js';
import { addMilliseconds, startInstant } from '#src/domain/period/period-instants.js';
import type { Instant, Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { measuresAround } from '../../derive/measures-around.js';
import { timeOfSweep } from '../../sweep-run-id.js';

/**
 * Closed periods whose status was turned by corrections of the last days, by measure. What is recent is decided by nominal
 * times; the store looks by the clock, which is never behind them.
 *
 * A value that is made of others was not corrected, but came to be final, where one of its sources had not been read to the end.
 */
export async function flipsByMeasure(
  reader: StoreReader,
  config: ResolvedConfig,
  now: Instant,
): Promise<ReadonlyMap<string, readonly StatusFlip[]>> {
  const since = addMilliseconds(now, -RESTATED_DAYS * 86_400_000);
  const { measureOf } = measuresAround(config);
  const flips = new Map<string, StatusFlip[]>();
  for (const { measure: address, period, revisions } of await reader.restatedPeriods(since)) {
    const measure = measureOf(address);
    const judged = [];
    for (const { reason, runId, logicalTime, recordedAt, ...of } of revisions) {
      const at = logicalTime ?? timeOfSweep(runId) ?? recordedAt;
      const restated =
        reason === 'restated' && (measure === undefined || (await wasFinal(reader, config, measure, period, at)));
      judged.push({ ...of, restated, at });
    }
    const flip = statusFlip(period, judged, since);
    if (flip !== undefined) flips.set(address, [...(flips.get(address) ?? []), flip]);
  }
  return flips;
}

/** Whether all sources of a value had been read to the end before a time. Of a collected one its revision says it. */
async function wasFinal(
  reader: StoreReader,
  config: ResolvedConfig,
  measure: Measure,
  period: Period,
  at: Instant,
): Promise<boolean> {
  if (!isDerived(measure) || !isPeriodOf(period, measure)) return true;
  const ends = new Map(
    [...rowsUntil(measure, period, measuresAround(config))].map(([{ extract, timeZone }, end]) => {
      const from = startInstant(end, timeZone);
      return [`${extract} ${from}`, { extract, from }] as const;
    }),
  );
  for (const { extract, from } of ends.values()) {
    const [earlier] = await reader.pullTimes(extract, from, at);
    if (earlier === undefined) return false;
  }
  return true;
}
