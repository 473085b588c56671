import type { ResolvedConfig } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import { grainKey, lastClosedPeriod } from '#src/domain/period/period.js';
import { compareInstants, endInstant } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { measuresOf, type RunContext } from '../config-lookup.js';
import { derivedAbove } from '../derive/derived-graph.js';

/**
 * Whether a run is the first to read one of its extracts since a period has ended of what other measures are made of it, so that
 * their values may be final from now on, though no score has changed.
 */
export async function isFirstToTheEnd(reader: StoreReader, { run, config, group }: RunContext): Promise<boolean> {
  for (const extract of group.extracts) {
    const ended = lastEnd(config, extract, run.logicalTime);
    if (ended === undefined) continue;
    const [earlier] = await reader.pullTimes(extract, ended, run.logicalTime);
    if (earlier === undefined) return true;
  }
  return false;
}

/** When the newest closed period ended of the measures above an extract and those that they are made of; these share few grains. */
function lastEnd(config: ResolvedConfig, extract: string, now: Instant): Instant | undefined {
  const fed = measuresOf(config, [extract]);
  const addresses = fed.map(({ address }) => address);
  const above = derivedAbove(config, addresses);
  const concerned: readonly Measure[] = above.length === 0 ? [] : [...fed, ...above];
  const ofGrain = new Map(concerned.map((measure) => [`${measure.timeZone} ${grainKey(measure)}`, measure]));
  return [...ofGrain.values()]
    .map((measure) => endInstant(lastClosedPeriod(now, measure.timeZone, measure), measure.timeZone))
    .reduce<Instant | undefined>((a, b) => (a === undefined || compareInstants(b, a) > 0 ? b : a), undefined);
}
