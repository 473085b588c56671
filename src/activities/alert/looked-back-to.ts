import type { Measure } from '#src/domain/measure/types.js';
import { grainKey, periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';

/** Periods looked back at when the length of a run of bad periods is counted. */
const PERIODS_LOOKED_BACK = 36;

/** Start of the period so many before the present one; measures share few grains and zones. */
export function lookedBackTo(now: Instant): (measure: Measure) => CalendarDate {
  const known = new Map<string, CalendarDate>();
  return (measure) => {
    const { timeZone } = measure;
    const key = `${grainKey(measure)} ${timeZone}`;
    let start = known.get(key);
    if (start === undefined) {
      let period = periodContaining(dateInZone(now, timeZone), measure);
      for (let step = 0; step < PERIODS_LOOKED_BACK; step++) period = previousPeriod(period, measure);
      start = period.start;
      known.set(key, start);
    }
    return start;
  };
}
