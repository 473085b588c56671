import { PlumblineError } from '../failure/plumbline-error.js';
import { assertCalendarDate, FIRST_DATE, LAST_DATE } from './calendar-date.js';
import { AFTER, BEFORE } from './calendars/list-calendar.js';
import { grainOf, ownRules, rulesOf } from './calendars/rules-of.js';
import { standardPeriodContaining, standardPeriodNamed } from './calendars/standard-calendar.js';
import { addDays, compareInstants, dateInZone, endInstant } from './period-instants.js';
import type { CalendarDate, DayRange, Frequency, Grain, Instant, Period, PeriodCalendar } from './types.js';

/** Every frequency, from the finest grain to the coarsest. See `nests()` for which lie whole in which. */
export const FREQUENCIES = [
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'half-yearly',
  'yearly',
] as const satisfies readonly Frequency[];

/**
 * The one period of a grain that a day belongs to.
 *
 * Calendar dates end at 9999-12-31: a period that reaches further has that day as its `end`; one that begins before
 * 0001-01-01 has that day as its `start`.
 *
 * @throws PlumblineError `BUG_FREQUENCY_NOT_OFFERED` (defect) for a list of periods of another frequency
 */
export function periodContaining(date: CalendarDate, grain: Frequency | Grain): Period {
  assertCalendarDate(date);
  const asked = grainOf(grain);
  return ownRules(asked)?.containing(date, asked.frequency) ?? standardPeriodContaining(date, asked.frequency);
}

/** The period right after, of the same grain. Throws a `defect` where the calendar ends. */
export function nextPeriod(period: Period, grain: Frequency | Grain): Period {
  const next = periodContaining(period.end, grain);
  if (next.id === period.id) {
    throw new PlumblineError('defect', 'BUG_DATE_OUT_OF_RANGE', `there is no period after "${period.id}"`, {
      remedy: `a period that ends before ${LAST_DATE}`,
    });
  }
  return next;
}

/**
 * The period right before, of the same grain. Throws a `defect` before the year 1, but in a list of periods: the days before
 * the list are one period, and nothing is before that; it is given again.
 */
export function previousPeriod(period: Period, grain: Frequency | Grain): Period {
  if (period.start === FIRST_DATE && isOutsideList(period, grainOf(grain))) return period;
  return periodContaining(addDays(period.start, -1), grain);
}

/** The periods that lie wholly inside the days `[start, end)`, in order; one that is cut by either edge is left out. */
export function periodsIn(start: CalendarDate, end: CalendarDate, grain: Frequency | Grain): Period[] {
  assertCalendarDate(end);
  const periods: Period[] = [];
  let period = periodContaining(start, grain);
  while (period.end <= end) {
    if (period.start >= start && period.start < period.end) periods.push(period);
    if (period.end === LAST_DATE) break;
    period = nextPeriod(period, grain);
  }
  return periods;
}

/** The periods of a finer grain that lie wholly inside a period: all of its days where the one nests in the other. */
export function periodsWithin(period: DayRange, finer: Frequency | Grain): Period[] {
  return periodsIn(period.start, period.end, finer);
}

/**
 * The period an id names; frequency and calendar are told by the form of the id.
 *
 * @param calendars those of the site; an id that begins with the prefix of one of them is read by it
 * @throws PlumblineError `CONFIG_BAD_PERIOD` for another form and for periods that do not exist (`2026-13`, `2025-W53`)
 */
export function parsePeriodId(id: string, calendars: readonly PeriodCalendar[] = []): Period {
  const period = periodNamed(id, calendars);
  if (period !== undefined) return period;
  const own = calendars.map(({ prefix }) => `${prefix}…`).join(', ');
  throw new PlumblineError('config', 'CONFIG_BAD_PERIOD', `cannot read "${id}" as a period`, {
    remedy:
      'an existing period: 2026-03-05, 2026-W12 (ISO week), 2026-03, 2026-Q1, 2026-H1 or 2026' +
      (own === '' ? '' : `; or one of the calendars of this site: ${own}`),
  });
}

/** The period that an id names, see {@link parsePeriodId}; `undefined` where there is none. */
export function periodNamed(id: string, calendars: readonly PeriodCalendar[]): Period | undefined {
  const calendar = calendars.find(({ prefix }) => id.startsWith(prefix));
  const period =
    calendar === undefined ? standardPeriodNamed(id) : rulesOf(calendar).named(id.slice(calendar.prefix.length));
  // An id is read one way: what is not printed so, such as FY2026-Q01, is none.
  return period?.id === id ? period : undefined;
}

/** Whether a period is one of a grain, by its id: those stored before a measure was changed may be of another. */
export function isPeriodOf(period: Pick<Period, 'id' | 'frequency'>, grain: Grain): boolean {
  if (period.frequency !== grain.frequency) return false;
  const isOwn = ownRules(grain) !== undefined;
  return isOwn ? period.id.startsWith(grain.calendar?.prefix ?? '') : /^\d/.test(period.id);
}

/** Whether a period is one of the two that hold the days before and after a list: no value is expected in them. */
export function isOutsideList({ id }: Pick<Period, 'id'>, { calendar }: Grain): boolean {
  return calendar?.kind === 'list' && (id === `${calendar.prefix}${BEFORE}` || id === `${calendar.prefix}${AFTER}`);
}

/** A text that two grains of a site share when their periods are the same. */
export function grainKey(grain: Grain): string {
  return ownRules(grain) === undefined ? grain.frequency : `${grain.frequency} ${grain.calendar?.prefix ?? ''}`;
}

/** Whether a period is over at `now`; at its very end it is. */
export function isPeriodClosed(period: Period, now: Instant, timeZone: string): boolean {
  return compareInstants(now, endInstant(period, timeZone)) >= 0;
}

/** The latest period of a grain that is over at `now` in a zone. */
export function lastClosedPeriod(now: Instant, timeZone: string, grain: Frequency | Grain): Period {
  return previousPeriod(periodContaining(dateInZone(now, timeZone), grain), grain);
}
