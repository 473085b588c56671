import type { Measure } from '#src/domain/measure/types.js';
import { grainKey, isOutsideList, lastClosedPeriod, periodContaining, periodsIn } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Grain, Instant, Period } from '#src/domain/period/types.js';
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
  /** By the earlier time. */
  readonly unmoved: Map<string, boolean>;
}

const known = new WeakMap<ScoringMoment, KnownPeriods>();

function knownAt(moment: ScoringMoment): KnownPeriods {
  const found = known.get(moment) ?? { spans: new Map(), closed: new Map(), unmoved: new Map() };
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

/** Whether no period of a measure has closed between an earlier time, if there is one, and the moment. */
export function isUnmovedSince(earlier: Instant | undefined, measure: Measure, moment: ScoringMoment): boolean {
  if (earlier === undefined) return false;
  const { unmoved } = knownAt(moment);
  const key = `${earlier} ${measure.timeZone} ${grainKey(measure)}`;
  const known =
    unmoved.get(key) ??
    lastClosedPeriod(earlier, measure.timeZone, measure).start === lastClosedAt(moment, measure).start;
  unmoved.set(key, known);
  return known;
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
