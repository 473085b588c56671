import type { ResolvedConfig } from '#src/config/types.js';
import { type StandStep, saidFor } from '#src/domain/freshness/stand-steps.js';
import { isCollected, type Measure } from '#src/domain/measure/types.js';
import { addMonths, dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';

/** When the source of a measure first said that it stands at a period; `undefined`: it has not, or its rule does not ask. */
export type SaidOf = (measure: Measure, period: Period) => Instant | undefined;

/** Where no source is asked. */
export const NOTHING_SAID: SaidOf = () => undefined;

/**
 * What sources have said of how far they stand, for the measures whose due rule goes by that. Without any nothing is read.
 *
 * @param from first day of the periods that are asked for; absent: that of the history that is kept, at `now`
 */
export async function saidBySources(
  reader: Pick<StoreReader, 'standSteps'>,
  config: Pick<ResolvedConfig, 'measures' | 'site'>,
  now: Instant,
  from: CalendarDate = historyOf(config, now),
): Promise<SaidOf> {
  const extracts = new Set(config.measures.flatMap((measure) => askedOf(measure) ?? []));
  if (extracts.size === 0) return NOTHING_SAID;
  const stepsOf = new Map<string, StandStep[]>();
  for (const { extract, ...step } of await reader.standSteps([...extracts], from)) {
    const steps = stepsOf.get(extract) ?? [];
    stepsOf.set(extract, steps);
    steps.push(step);
  }
  // Many measures share an extract and its periods.
  const known = new Map<string, Instant | undefined>();
  return (measure, period) => {
    const extract = askedOf(measure);
    if (extract === undefined) return undefined;
    const key = `${extract} ${period.end}`;
    if (!known.has(key)) known.set(key, saidFor(period, stepsOf.get(extract) ?? []));
    return known.get(key);
  };
}

/** The extract whose word decides when a value is due. */
export function askedOf(measure: Measure): string | undefined {
  return measure.due.asOf === true && isCollected(measure) ? measure.extract : undefined;
}

const historyOf = ({ site }: Pick<ResolvedConfig, 'site'>, now: Instant): CalendarDate =>
  addMonths(dateInZone(now, 'UTC'), -site.historyMonths - 1);
