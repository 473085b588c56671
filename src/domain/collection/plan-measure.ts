import type { Measure } from '../measure/types.js';
import { nextPeriod, periodContaining, previousPeriod } from '../period/period.js';
import { addMonths, dateInZone } from '../period/period-instants.js';
import type { CalendarDate, Instant, Period } from '../period/types.js';

/** Days to read for one measure, half-open, on period boundaries of the measure. */
export interface MeasureWindow {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

/** How far a measure has been collected, and under which definition. */
export interface CollectedSoFar {
  readonly valueDigest: string;
  readonly collectedFrom: CalendarDate;
  readonly collectedTo: CalendarDate;
}

/**
 * Which days of a measure a run has to read.
 *
 * The end is always the end of the open period. The start is the history's start when nothing was collected
 * yet, when the definition changed, or when the history was made longer; otherwise the earlier of the
 * restatement window (its closed periods are read again) and the period in which the last collection ended.
 */
export function planMeasure(
  measure: Pick<Measure, 'frequency' | 'timeZone' | 'restatementPeriods' | 'valueDigest'>,
  collected: CollectedSoFar | undefined,
  historyMonths: number,
  logicalTime: Instant,
): MeasureWindow {
  const today = dateInZone(logicalTime, measure.timeZone);
  const open = periodContaining(today, measure.frequency);
  const history = historyStart(today, historyMonths, measure);
  if (collected === undefined || collected.valueDigest !== measure.valueDigest || collected.collectedFrom > history) {
    return { start: history, end: open.end };
  }
  const restated = stepBack(open, measure.restatementPeriods).start;
  const resumed =
    collected.collectedTo < open.start ? periodContaining(collected.collectedTo, measure.frequency) : open;
  const lastOpenThen = previousPeriod(resumed).start;
  const start = [restated, lastOpenThen].reduce((a, b) => (a < b ? a : b));
  return { start: start < history ? history : start, end: open.end };
}

/** First day of the first whole period inside the last `historyMonths` calendar months. */
export function historyStart(
  today: CalendarDate,
  historyMonths: number,
  measure: Pick<Measure, 'frequency'>,
): CalendarDate {
  const earliest = addMonths(periodContaining(today, 'monthly').start, -historyMonths);
  const containing = periodContaining(earliest, measure.frequency);
  return containing.start === earliest ? earliest : nextPeriod(containing).start;
}

function stepBack(period: Period, count: number): Period {
  let earlier = period;
  for (let step = 0; step < count; step++) earlier = previousPeriod(earlier);
  return earlier;
}
