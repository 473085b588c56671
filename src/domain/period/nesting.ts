import { LAST_DATE } from './calendar-date.js';
import { grainOf, ownRules } from './calendars/rules-of.js';
import { isOfMonths, MONTHS } from './calendars/year-of-months.js';
import { periodContaining } from './period.js';
import type { Frequency, Grain, ListCalendar, WeekdayNumber } from './types.js';

/**
 * Whether each period of a finer grain lies whole in one period of a coarser one, for all time: what a value of each needs
 * so that those of the finer one add up to those of the coarser one.
 *
 * Days nest in everything and everything in itself; months in quarters, half-years and years, also of another calendar
 * where they begin on the same days; weeks in the periods of a retail calendar whose weeks begin on the same day, in weeks
 * otherwise numbered, and in nothing else; anything in a list whose periods begin and end with one of its own.
 */
export function nests(finer: Frequency | Grain, coarser: Frequency | Grain): boolean {
  const [fine, coarse] = [grainOf(finer), grainOf(coarser)];
  if (fine.frequency === 'daily' && fine.calendar?.kind !== 'list') return true;
  const coarseList = listOf(coarse);
  if (coarseList !== undefined) return beginsEach(coarseList, fine);
  // Beyond its ends a list has two periods without bound.
  if (listOf(fine) !== undefined || coarse.frequency === 'daily') return false;
  const [inner, outer] = [rasterOf(fine), rasterOf(coarse)];
  if (inner.of === 'weeks' && outer.of === 'weeks') return inner.start === outer.start;
  if (inner.of === 'weeks') return outer.of === 'retail' && inner.start === outer.weekStart;
  if (inner.of === 'retail') return outer.of === 'retail' && inner.year === outer.year && isMultiple(inner, outer);
  if (outer.of !== 'months') return false;
  return inner.day === outer.day && isMultiple(inner, outer) && (inner.month - outer.month) % inner.length === 0;
}

/** How a grain cuts time, apart from what its periods are called. */
type Raster =
  | { readonly of: 'weeks'; readonly start: WeekdayNumber }
  | { readonly of: 'months'; readonly month: number; readonly day: number; readonly length: number }
  | { readonly of: 'retail'; readonly weekStart: WeekdayNumber; readonly year: string; readonly length: number };

function rasterOf(grain: Grain): Raster {
  const { frequency, calendar } = grain;
  const own = ownRules(grain) === undefined ? undefined : calendar;
  if (own?.kind === 'retail') {
    const weekStart = ((own.yearEnd.weekday % 7) + 1) as WeekdayNumber;
    if (!isOfMonths(frequency)) return { of: 'weeks', start: weekStart };
    const { pattern, yearEnd, extraWeekIn } = own;
    return {
      of: 'retail',
      weekStart,
      year: JSON.stringify([pattern, yearEnd, extraWeekIn]),
      length: MONTHS[frequency],
    };
  }
  if (!isOfMonths(frequency)) {
    return { of: 'weeks', start: own?.kind === 'fiscal' || own?.kind === 'weeks' ? (own.weeks?.start ?? 1) : 1 };
  }
  const [month, day] = own?.kind === 'fiscal' ? [own.month, own.day] : [1, 1];
  return { of: 'months', month, day, length: MONTHS[frequency] };
}

function isMultiple(inner: { readonly length: number }, outer: { readonly length: number }): boolean {
  return outer.length % inner.length === 0;
}

function listOf(grain: Grain): ListCalendar | undefined {
  return grain.calendar?.kind === 'list' ? grain.calendar : undefined;
}

/** Whether a period of the grain begins on each day on which one of the list does. */
function beginsEach({ periods, end }: ListCalendar, grain: Grain): boolean {
  const starts = [...periods.map(({ start }) => start), ...(end < LAST_DATE ? [end] : [])];
  return starts.every((start) => periodContaining(start, grain).start === start);
}
