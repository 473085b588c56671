import { Temporal } from 'temporal-polyfill';
import { restatedPeriodLastYear, samePeriodLastYear } from '../period/last-year.js';
import { FREQUENCIES, grainKey, nextPeriod, periodContaining, previousPeriod } from '../period/period.js';
import { addDays } from '../period/period-instants.js';
import type { CalendarDate, Grain, Period } from '../period/types.js';

// The one place where windows, lifting and formulas ask the calendar anything.

export type { Grain } from '../period/types.js';

/** The period of a grain that a day lies in. */
function containing(date: CalendarDate, grain: Grain): Period {
  return periodContaining(date, grain);
}

/** The period before; `undefined` where the calendar begins. */
export function before(period: Period, grain: Grain): Period | undefined {
  // The first periods of the calendar begin with the year 1, or are the week that holds its first day.
  if (period.start <= '0001-01-07') return undefined;
  return previousPeriod(period, grain);
}

/** The period after; `undefined` where the calendar ends. */
export function after(period: Period, grain: Grain): Period | undefined {
  if (period.end >= '9999-12-31') return undefined;
  return nextPeriod(period, grain);
}

/** Whether periods of `fine` can be put together to those of `coarse`, or are the same. */
export function isAsFine(fine: Grain, coarse: Grain): boolean {
  return FREQUENCIES.indexOf(fine.frequency) <= FREQUENCIES.indexOf(coarse.frequency);
}

/**
 * The period of a coarser grain that a period belongs to: the one that holds its middle day.
 *
 * Of a week that is its Thursday, so weeks belong to years as ISO 8601 has it, and to the month or quarter that holds
 * most of their days. Periods that nest belong where they lie.
 */
export function home(period: Period, coarse: Grain): Period {
  return containing(middleOf(period), coarse);
}

/**
 * The periods of a grain that belong to a coarser one, in order; all of them lie inside it or cross its edges by less
 * than a half.
 */
export function periodsAtHome(coarse: Period, coarseGrain: Grain, grain: Grain): readonly Period[] {
  const periods: Period[] = [];
  let period: Period | undefined = containing(coarse.start, grain);
  while (period !== undefined && period.start < coarse.end) {
    if (home(period, coarseGrain).id === coarse.id) periods.push(period);
    period = after(period, grain);
  }
  return periods;
}

/** The same period of the year before; `undefined` where that year has none: 29 February, week 53. */
export function sameLastYear(period: Period, grain: Grain): Period | undefined {
  return samePeriodLastYear(period, grain);
}

/** The period 52 weeks before where the year before has 53, else the same one; `undefined` where there is none. */
export function restatedLastYear(period: Period, grain: Grain): Period | undefined {
  return restatedPeriodLastYear(period, grain);
}

/** Whether two grains have the same periods. */
export function isSameGrain(one: Grain, other: Grain): boolean {
  return grainKey(one) === grainKey(other);
}

function middleOf({ start, end }: Period): CalendarDate {
  const days = Temporal.PlainDate.from(start).until(Temporal.PlainDate.from(end)).days;
  return addDays(start, Math.floor((days - 1) / 2));
}
