import type { Extract, ResolvedConfig } from '#src/config/types.js';
import { expectsAnything } from '#src/domain/measure/completeness.js';
import { type CollectedMeasure, isCollected, type Measure } from '#src/domain/measure/types.js';
import { periodContaining, periodsIn, previousPeriod } from '#src/domain/period/period.js';
import { compareInstants, dateInZone, endInstant, startInstant } from '#src/domain/period/period-instants.js';
import type { Instant, Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { extractOf } from '../config-lookup.js';
import { type WorkingCalendars, workingCalendarOf } from '../score/working-calendar-of.js';

/** Periods looked back at, at the most. */
const PERIODS_LOOKED_BACK = 36;

/**
 * Closed periods of a snapshot measure, after its first value, in which no capture was taken; oldest first. A period counts
 * as captured where it has a value, was reported without one, or was read for while it was open. Where nothing is expected
 * nothing is missed.
 */
export async function missedCaptures(
  store: StoreReader,
  extract: Extract,
  measure: CollectedMeasure,
  calendars: WorkingCalendars,
  now: Instant,
): Promise<readonly Period[]> {
  const { address, timeZone } = measure;
  if (extract.snapshot === undefined) return [];
  const first = (await store.reportedFrom([address])).get(address);
  if (first === undefined) return [];
  const open = periodContaining(dateInZone(now, timeZone), measure);
  let earliest = open;
  for (let step = 0; step < PERIODS_LOOKED_BACK && earliest.start > first; step++) {
    earliest = previousPeriod(earliest, measure);
  }
  if (earliest.start >= open.start) return [];
  const values = [
    ...(await store.currentActuals([address], earliest.start)),
    ...(await store.noValues([address], earliest.start)),
  ];
  const valued = new Set(values.map(({ period }) => period.id));
  const pulls = await store.pullTimes(extract.id, startInstant(earliest, timeZone), startInstant(open, timeZone));
  return periodsIn(earliest.start, open.start, measure).filter((period) => {
    const [start, end] = [startInstant(period, timeZone), endInstant(period, timeZone)];
    const within = (time: Instant): boolean => compareInstants(time, start) >= 0 && compareInstants(time, end) < 0;
    return (
      period.start >= first &&
      !valued.has(period.id) &&
      isCaptureExpected(measure, period, calendars) &&
      !pulls.some((pull) => within(pull.logicalTime) && within(pull.at))
    );
  });
}

/** The same of any measure; none where its values are not captured. */
export async function missedCapturesOf(
  store: StoreReader,
  config: ResolvedConfig,
  measure: Measure,
  now: Instant,
): Promise<readonly Period[]> {
  return isCollected(measure)
    ? missedCaptures(store, extractOf(config, measure.extract), measure, config.site, now)
    : [];
}

/** Those right before the present period, which the run that captures again is the first to tell of. */
export function latestMissed(
  missed: readonly Period[],
  measure: CollectedMeasure,
  calendars: WorkingCalendars,
  now: Instant,
): readonly Period[] {
  const ids = new Set(missed.map(({ id }) => id));
  const earliest = missed[0]?.start ?? now;
  const latest: Period[] = [];
  let period = previousPeriod(periodContaining(dateInZone(now, measure.timeZone), measure), measure);
  for (; period.start >= earliest; period = previousPeriod(period, measure)) {
    if (ids.has(period.id)) latest.unshift(period);
    else if (isCaptureExpected(measure, period, calendars)) break;
  }
  return latest;
}

function isCaptureExpected(measure: CollectedMeasure, period: Period, calendars: WorkingCalendars): boolean {
  const { expects } = measure;
  return expects === undefined || expectsAnything(expects, period, workingCalendarOf(measure, calendars));
}

export const missedSentence = (period: Pick<Period, 'id'>): string =>
  `No capture was taken in ${period.id}; it cannot be taken later.`;
