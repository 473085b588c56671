import type { Measure } from '#src/domain/measure/types.js';
import { grainKey, isOutsideList, lastClosedPeriod, periodContaining, periodsIn } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Grain, Period } from '#src/domain/period/types.js';
import type { ScoringMoment } from './score-measure.js';

// Measures by the ten thousand are judged at one moment over few spans. A moment is of one configuration: within it a
// grain's key says which calendar it is of.

interface DatedPeriod {
  readonly period: Period;
  readonly lastDay: CalendarDate;
}

interface KnownPeriods {
  readonly spans: Map<string, readonly DatedPeriod[]>;
  readonly closed: Map<string, Period>;
}

const known = new WeakMap<ScoringMoment, KnownPeriods>();

function knownAt(moment: ScoringMoment): KnownPeriods {
  const found = known.get(moment) ?? { spans: new Map(), closed: new Map() };
  known.set(moment, found);
  return found;
}

/** The latest period of a measure that is over at the moment. */
export function lastClosedAt(moment: ScoringMoment, measure: Measure): Period {
  const { closed } = knownAt(moment);
  const key = `${measure.timeZone} ${grainKey(measure)}`;
  const period = closed.get(key) ?? lastClosedPeriod(moment.now, measure.timeZone, measure);
  closed.set(key, period);
  return period;
}

/** The periods from the one that holds a day to one that ends on another, each with its own last day. */
export function periodsBetween(
  begin: CalendarDate,
  end: CalendarDate,
  grain: Grain,
  moment: ScoringMoment,
): readonly DatedPeriod[] {
  const { spans } = knownAt(moment);
  const key = `${begin} ${end} ${grainKey(grain)}`;
  const found = spans.get(key);
  if (found !== undefined) return found;
  const periods = periodsIn(periodContaining(begin, grain).start, end, grain)
    .filter((period) => !isOutsideList(period, grain))
    .map((period) => ({ period, lastDay: addDays(period.end, -1) }));
  spans.set(key, periods);
  return periods;
}
