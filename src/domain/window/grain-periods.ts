import { Temporal } from 'temporal-polyfill';
import { isCalendarDate } from '../period/calendar-date.js';
import { FREQUENCIES, nextPeriod, periodContaining, previousPeriod } from '../period/period.js';
import { addDays } from '../period/period-instants.js';
import type { CalendarDate, Frequency, Period } from '../period/types.js';

// The one place where windows, lifting and formulas ask the calendar anything.

/** What decides which periods there are: how often, in which calendar. */
export interface Grain {
  readonly frequency: Frequency;
}

/** The period of a grain that a day lies in. */
export function containing(date: CalendarDate, grain: Grain): Period {
  return periodContaining(date, grain.frequency);
}

/** The period before; `undefined` where the calendar begins. */
export function before(period: Period, grain: Grain): Period | undefined {
  // The first periods of the calendar begin with the year 1, or are the week that holds its first day.
  if (period.start <= '0001-01-07') return undefined;
  const previous = previousPeriod(period);
  return previous.frequency === grain.frequency ? previous : containing(previous.start, grain);
}

/** The period after; `undefined` where the calendar ends. */
export function after(period: Period, grain: Grain): Period | undefined {
  if (period.end >= '9999-12-31') return undefined;
  const next = nextPeriod(period);
  return next.frequency === grain.frequency ? next : containing(next.start, grain);
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

/**
 * The same period of the year before: the month, quarter or half of that name, the day of that date, the week of that
 * number. `undefined` where that year has none: 29 February, week 53.
 */
export function sameLastYear(period: Period, grain: Grain): Period | undefined {
  if (grain.frequency === 'weekly') return sameWeekLastYear(period, grain);
  const middle = Temporal.PlainDate.from(middleOf(period));
  const date = middle.subtract({ years: 1 });
  if (!isCalendarDate(date.toString()) || (grain.frequency === 'daily' && date.day !== middle.day)) return undefined;
  return containing(date.toString(), grain);
}

function sameWeekLastYear(period: Period, grain: Grain): Period | undefined {
  const week = Temporal.PlainDate.from(period.start).weekOfYear;
  // 52 weeks back is the week of the same number, or the one after it where a 53rd lies between.
  let candidate = addDays(period.start, -52 * 7);
  for (let tries = 0; tries < 2; tries += 1) {
    if (Temporal.PlainDate.from(candidate).weekOfYear === week) return containing(candidate, grain);
    candidate = addDays(candidate, -7);
  }
  return undefined;
}

function middleOf({ start, end }: Period): CalendarDate {
  const days = Temporal.PlainDate.from(start).until(Temporal.PlainDate.from(end)).days;
  return addDays(start, Math.floor((days - 1) / 2));
}
