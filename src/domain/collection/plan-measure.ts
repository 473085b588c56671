import { lockedOn } from '../freshness/deadlines.js';
import type { CollectedMeasure } from '../measure/types.js';
import { FIRST_DATE } from '../period/calendar-date.js';
import { isOutsideList, nextPeriod, periodContaining, previousPeriod } from '../period/period.js';
import { addMonths, dateInZone } from '../period/period-instants.js';
import type { CalendarDate, Grain, Instant, Period } from '../period/types.js';

/** Days to read for one measure, half-open, on period boundaries of the measure. */
export interface MeasureWindow {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  /** First day that is read, where a period before `start` is needed to make values, but gets none itself. */
  readonly readFrom?: CalendarDate;
}

/** The first day that is read. */
export const firstDayRead = ({ start, readFrom }: MeasureWindow): CalendarDate => readFrom ?? start;

/** How far a measure has been collected, and under which definition. */
export interface CollectedSoFar {
  readonly valueDigest: string;
  readonly collectedFrom: CalendarDate;
  readonly collectedTo: CalendarDate;
  /** Start of the earliest closed period without a value that is not due yet, or late. */
  readonly waitingFrom?: CalendarDate;
}

/**
 * Which days of a measure a run has to read.
 *
 * The end is always the end of the open period. The start is the history's start when nothing was collected
 * yet, when the definition changed, or when the history was made longer; otherwise that of the restatement window
 * (its closed periods are read again), counted from the period that was open at the last collection: what changed while
 * nothing was collected is not passed over. A period that is still waited for is read, however far back it lies.
 *
 * Periods that the due rule has locked are not read again, not even where a value is still missing; those that went by
 * while nothing was collected are read once.
 *
 * A running total is told from the one of the period before: for it one more period is read. Of a series that holds from
 * one value to the next all is read, back to {@link EARLIEST_DAY}.
 */
export function planMeasure(
  measure: PlannedMeasure,
  collected: CollectedSoFar | undefined,
  historyMonths: number,
  logicalTime: Instant,
): MeasureWindow {
  const window = valueWindow(measure, collected, historyMonths, logicalTime);
  if (measure.aggregation?.kind !== 'cumulative') return window;
  return { ...window, readFrom: previousPeriod(periodContaining(window.start, measure), measure).start };
}

type PlannedMeasure = Pick<
  CollectedMeasure,
  'frequency' | 'calendar' | 'timeZone' | 'restatementPeriods' | 'valueDigest'
> &
  Partial<Pick<CollectedMeasure, 'aggregation' | 'due' | 'wholeHistory'>>;

/** Before anything that is still in force. */
const EARLIEST_DAY: CalendarDate = '1900-01-01';

/** The days whose periods get values. */
function valueWindow(
  measure: PlannedMeasure,
  collected: CollectedSoFar | undefined,
  historyMonths: number,
  logicalTime: Instant,
): MeasureWindow {
  const today = dateInZone(logicalTime, measure.timeZone);
  const open = periodContaining(today, measure);
  const isWhole = measure.wholeHistory === true;
  const history = isWhole ? periodContaining(EARLIEST_DAY, measure).start : historyStart(today, historyMonths, measure);
  if (collected === undefined || collected.valueDigest !== measure.valueDigest || collected.collectedFrom > history) {
    return { start: history, end: open.end };
  }
  const openThen =
    collected.collectedTo < open.end ? previousPeriod(periodContaining(collected.collectedTo, measure), measure) : open;
  const restated = stepBack(openThen, measure, measure.restatementPeriods).start;
  const lastClosed = previousPeriod(open, measure).start;
  const waitingFrom = periodContaining(collected.waitingFrom ?? open.start, measure).start;
  const wanted = isWhole ? history : [restated, lastClosed, waitingFrom].reduce(earlier);
  const start =
    measure.due?.lockDays === undefined ? wanted : notLocked(wanted, openThen, today, measure, measure.due.lockDays);
  return { start: start < history ? history : start, end: open.end };
}

/** The start of the first period from a day on that can still change, or that nobody has seen closed. */
function notLocked(
  from: CalendarDate,
  openThen: Period,
  today: CalendarDate,
  grain: Grain,
  lockDays: number,
): CalendarDate {
  let period = periodContaining(from, grain);
  while (period.start < openThen.start && lockedOn(period, lockDays) <= today) period = nextPeriod(period, grain);
  return period.start;
}

const earlier = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? a : b);

/**
 * First day of the first whole period inside the last `historyMonths` calendar months; where a list of periods has ended
 * before them, the first day of those months.
 */
export function historyStart(today: CalendarDate, historyMonths: number, grain: Grain): CalendarDate {
  const earliest = addMonths(periodContaining(today, 'monthly').start, -historyMonths);
  const containing = periodContaining(earliest, grain);
  const listEnded = isOutsideList(containing, grain) && containing.start > FIRST_DATE;
  return containing.start === earliest || listEnded ? earliest : nextPeriod(containing, grain).start;
}

function stepBack(period: Period, grain: Grain, count: number): Period {
  let back = period;
  for (let step = 0; step < count; step++) back = previousPeriod(back, grain);
  return back;
}
