import { calendarDate } from './calendar-date.js';
import { grainOf, ownRules } from './calendars/rules-of.js';
import { dateOfDayNumber, dayNumber, yearOf } from './day-number.js';
import { periodContaining } from './period.js';
import { periodNumbered } from './period-in-year.js';
import type { DayRange, Frequency, Grain, Period } from './types.js';

const WEEKS_OF_A_YEAR = 52;

/**
 * The period that stands at the same place of the year before: March for March, week 12 for week 12.
 *
 * `undefined` where the year before has no such place (week 53 after a year of 52 weeks; 29 February), before year 1, and
 * in a list of periods, which has no years. A day of a retail calendar compares with the same weekday of the same week.
 */
export function samePeriodLastYear(period: Period, grain: Frequency | Grain): Period | undefined {
  const asked = grainOf(grain);
  if (asked.calendar?.kind === 'list') return undefined;
  if (asked.frequency === 'daily') return sameDayLastYear(period, asked);
  const place = placeInYear(period, asked);
  return place && periodNumbered(place.year - 1, asked, place.number);
}

/**
 * The days to compare a period with after a year of 53 weeks, in a retail calendar: 52 weeks before, which moves the year
 * before by a week, so that the same weeks of the season meet (the "restated" calendar of retailers).
 *
 * Weeks of any calendar likewise. After a year of 52 weeks, and for all other periods, the days of
 * {@link samePeriodLastYear}. `undefined` for a 53rd week.
 * They need not be days of one period: the restated February 2018 is made of weeks 2 to 5 of 2017.
 */
export function restatedLastYear(period: Period, grain: Frequency | Grain): DayRange | undefined {
  const asked = grainOf(grain);
  const same = samePeriodLastYear(period, asked);
  if (same === undefined) return undefined;
  if (!isAfterLongYear(same, asked)) return { start: same.start, end: same.end };
  const before = (date: string): string => dateOfDayNumber(dayNumber(date) - WEEKS_OF_A_YEAR * 7);
  return { start: before(period.start), end: before(period.end) };
}

/**
 * The {@link restatedLastYear} of a period as a period. `undefined` also where those days are none, which does not
 * happen where a grain {@link hasRestatedPeriods}.
 */
export function restatedPeriodLastYear(period: Period, grain: Grain): Period | undefined {
  const days = restatedLastYear(period, grain);
  const found = days && periodContaining(days.start, grain);
  return found?.start === days?.start && found?.end === days?.end ? found : undefined;
}

/** Whether the restated days of each period are a period themselves, and others than those of its number at times. */
export function hasRestatedPeriods({ frequency, calendar }: Grain): boolean {
  if (calendar?.kind === 'list') return false;
  return frequency === 'weekly' || (frequency === 'daily' && calendar?.kind === 'retail');
}

/** @param same the period with the same number in the year before */
function isAfterLongYear(same: Period, grain: Grain): boolean {
  const { calendar } = grain;
  if (calendar?.kind === 'retail') {
    const lastYear = periodContaining(same.start, { frequency: 'yearly', calendar });
    return dayNumber(lastYear.end) - dayNumber(lastYear.start) > WEEKS_OF_A_YEAR * 7;
  }
  if (grain.frequency !== 'weekly') return false;
  const place = placeInYear(same, grain);
  return place !== undefined && periodNumbered(place.year, grain, WEEKS_OF_A_YEAR + 1) !== undefined;
}

function sameDayLastYear(day: Period, grain: Grain): Period | undefined {
  if (grain.calendar?.kind !== 'retail') {
    const date = calendarDate(String(yearOf(day.start) - 1), day.start.slice(5, 7), day.start.slice(8));
    return date === undefined ? undefined : periodContaining(date, grain);
  }
  const weeks = { frequency: 'weekly', calendar: grain.calendar } as const;
  const week = periodContaining(day.start, weeks);
  const before = samePeriodLastYear(week, weeks);
  if (before === undefined) return undefined;
  const weekday = dayNumber(day.start) - dayNumber(week.start);
  return periodContaining(dateOfDayNumber(dayNumber(before.start) + weekday), grain);
}

function placeInYear(period: Period, grain: Grain) {
  const own = ownRules(grain);
  if (own !== undefined) return own.placeOf(period);
  const number = /\d+$/.exec(period.id.slice(4))?.[0] ?? '1';
  return { year: yearOf(period.id), number: Number.parseInt(number, 10) };
}
