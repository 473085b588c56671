import { LAST_DATE } from '../period/calendar-date.js';
import { isOutsideList } from '../period/period.js';
import type { CalendarDate, Grain } from '../period/types.js';
import type { SeriesContext } from './context.js';
import { seriesAt } from './series-at.js';
import { periodAfter, periodAt } from './series-calendar.js';
import type { Series } from './types.js';

/** A period that a series has no value for. */
export interface SeriesGap {
  /** Period id. */
  readonly period: string;
  readonly reason: string;
}

/**
 * The periods a series will have no value for, of the one that holds `today` and the `horizonPeriods` after it: its
 * version expires, a year is not split yet, a line ends.
 *
 * By its definition alone: what the measure, an extract or a unit may still give is taken to be there.
 */
export function seriesGaps(
  series: readonly Series[],
  name: string,
  grain: Grain,
  today: CalendarDate,
  horizonPeriods: number,
): readonly SeriesGap[] {
  const context = withAllGiven(grain);
  const gaps: SeriesGap[] = [];
  let period = periodAt(today, grain);
  for (let left = horizonPeriods; left >= 0; left -= 1) {
    // Before and after a list of periods nothing is expected.
    const reading = isOutsideList(period, grain) ? ({ ok: true } as const) : seriesAt(series, name, period, context);
    if (!reading.ok) gaps.push({ period: period.id, reason: reading.reason });
    if (period.end === LAST_DATE) break;
    if (left > 0) period = periodAfter(period, grain);
  }
  return gaps;
}

/** A context in which nothing is missing but what definitions leave out; its numbers are never shown. */
function withAllGiven(grain: Grain): SeriesContext {
  return {
    grain,
    direction: 'higher-is-better',
    workingCalendar: { weekend: [], holidays: [] },
    own: () => '1',
    collected: () => '1',
    collectedBefore: () => '1',
    attribute: () => '1',
  };
}
