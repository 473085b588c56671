import type { ResolvedConfig } from '#src/config/types.js';
import { mostDaysUntilDue } from '#src/domain/freshness/deadlines.js';
import { sourceStand } from '#src/domain/freshness/evidence.js';
import { type DueValue, type Timeliness, timeliness } from '#src/domain/freshness/timeliness.js';
import { isCollected, type Measure } from '#src/domain/measure/types.js';
import { isPeriodOf } from '#src/domain/period/period.js';
import { addDays, addMilliseconds, compareInstants, dateInZone } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { Arrival, PullRecord, StoreReader } from '#src/store/types.js';
import { extractOf } from '../config-lookup.js';
import { deadlinesOf } from '../score/deadlines-of.js';
import { saidBySources } from '../score/said-by-sources.js';
import { grouped } from '../score/stored-series.js';
import { timeOfSweep } from '../sweep-run-id.js';

/** Days back from now in which the values were due that are counted. */
export const TIMELINESS_DAYS = 365;
const DAY_MS = 86_400_000;

/** Values on time of the values due in the last {@link TIMELINESS_DAYS} days, by the measure's address. */
export async function timelinessByMeasure(
  reader: StoreReader,
  config: ResolvedConfig,
  measures: readonly Measure[],
  now: Instant,
): Promise<ReadonlyMap<string, Timeliness>> {
  if (measures.length === 0) return new Map();
  const addresses = measures.map(({ address }) => address);
  const lag = measures.reduce((most, { due }) => Math.max(most, mostDaysUntilDue(due)), 0);
  const first = addDays(dateInZone(now, 'UTC'), -TIMELINESS_DAYS - lag - 2);
  const arrived = grouped(await reader.arrivals(addresses, first), ({ measure }) => measure);
  const absent = grouped(
    await reader.periodsWithStatus(addresses, ['late', 'missing'], first),
    ({ measure }) => measure,
  );
  const atSource = sourceTimes(reader, config);
  const saidOf = await saidBySources(reader, config, now, first);
  const valuesOf = new Map<string, readonly DueValue[]>();
  for (const measure of measures) {
    const { address } = measure;
    // By period: one that was found to be without a value may have one since.
    const values = new Map<string, DueValue>();
    for (const each of arrived.get(address) ?? []) {
      if (!isPeriodOf(each.period, measure)) continue;
      const { due } = deadlinesOf(each.period, measure, config.site, saidOf);
      const time = each.logicalTime ?? timeOfSweep(each.runId) ?? each.recordedAt;
      // Asked only where the run was for a later time: of most values it was not.
      const source = compareInstants(time, due) > 0 ? await atSource(measure, each) : undefined;
      const known = values.get(each.period.id)?.arrived;
      if (known !== undefined && compareInstants(known, time) <= 0) continue;
      values.set(each.period.id, { due, arrived: time, ...(source === undefined ? {} : { atSource: source }) });
    }
    for (const { period } of absent.get(address) ?? []) {
      // A value that was taken back is not there, whenever it came.
      if (!isPeriodOf(period, measure)) continue;
      values.set(period.id, { due: deadlinesOf(period, measure, config.site, saidOf).due });
    }
    valuesOf.set(address, [...values.values()]);
  }
  const from = addMilliseconds(now, -TIMELINESS_DAYS * DAY_MS);
  // What a run in time brought was due after the first collection by itself; only of the others it has to be asked.
  const asked = addresses.filter((address) => (valuesOf.get(address) ?? []).some(isOfLaterRun));
  const since = await reader.collectedSince(asked);
  return new Map(
    [...valuesOf].map(([address, values]) => {
      const collectedSince = since.get(address);
      return [address, timeliness(values, { from, now, ...(collectedSince === undefined ? {} : { collectedSince }) })];
    }),
  );
}

function isOfLaterRun({ due, arrived }: DueValue): boolean {
  return arrived === undefined || compareInstants(arrived, due) > 0;
}

/** When a source itself says it had what a pull brought: the time of its last change, where that is what counts. */
function sourceTimes(reader: StoreReader, config: ResolvedConfig) {
  const known = new Map<string, readonly PullRecord[]>();
  return async (measure: Measure, { runId }: Arrival): Promise<Instant | undefined> => {
    if (!isCollected(measure)) return undefined;
    const { id, evidence } = extractOf(config, measure.extract);
    if (evidence !== 'file_time' && evidence !== 'watermark') return undefined;
    const pulls = known.get(runId) ?? (await reader.pulls(runId));
    known.set(runId, pulls);
    const pull = pulls.find(({ extract }) => extract === id);
    const at = pull?.outcome === 'ok' ? sourceStand(evidence, pull)?.at : undefined;
    return at?.includes('T') === true ? at : undefined;
  };
}
