import { type DayNumber, weekdayOnOrBefore } from '../day-number.js';
import type { Period, WeekRule } from '../types.js';
import { idInYear, periodOf } from './year-of-months.js';

/** Weeks numbered in years that begin on some day. */
export interface NumberedWeeks {
  containing(day: DayNumber): Period | undefined;
  numbered(year: number, number: number): Period | undefined;
}

/**
 * Weeks of a rule in years of their own: ISO 8601's way for any first day of the week and of the year.
 *
 * @param yearOfDay the number that the year holding a day carries
 * @param firstDayOf first day of the year of a number
 */
export function numberedWeeks(
  prefix: string,
  { start, minimumDays }: WeekRule,
  yearOfDay: (day: DayNumber) => number,
  firstDayOf: (year: number) => DayNumber,
): NumberedWeeks {
  const firstWeekOf = (year: number): DayNumber => weekdayOnOrBefore(firstDayOf(year) + minimumDays - 1, start);
  const week = (year: number, first: DayNumber): Period | undefined => {
    const number = (first - firstWeekOf(year)) / 7 + 1;
    return periodOf(idInYear(prefix, year, 'weekly', number), 'weekly', first, first + 7);
  };
  return {
    containing(day) {
      const first = weekdayOnOrBefore(day, start);
      // A week belongs to the year that has enough of its days: the one that its day with this number lies in.
      return week(yearOfDay(first + 7 - minimumDays), first);
    },
    numbered(year, number) {
      const first = firstWeekOf(year) + (number - 1) * 7;
      return number >= 1 && first < firstWeekOf(year + 1) ? week(year, first) : undefined;
    },
  };
}
