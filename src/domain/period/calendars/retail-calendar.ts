import { type DayNumber, dayOrLastOfMonth, weekdayOnOrBefore, yearOfDayNumber } from '../day-number.js';
import type { RetailCalendar } from '../types.js';
import type { CalendarRules } from './calendar-rules.js';
import type { NumberedWeeks } from './numbered-weeks.js';
import { idInYear, periodOf, type YearOfMonths } from './year-of-months.js';
import { yearRules } from './year-rules.js';

/**
 * Years of whole weeks: 52, or 53 where the weekday on which years end comes round once more.
 *
 * A year named by its end carries the number of the calendar year whose month it ends with, also where it ends some days
 * into the next one; named by its start, that of the calendar year in which the month after begins, twelve months before.
 * Years that end with December are called the same both ways.
 */
export function retailRules(calendar: RetailCalendar): CalendarRules {
  const { prefix, pattern, yearEnd, named, extraWeekIn } = calendar;
  const offset = named === 'start' && yearEnd.month < 12 ? 1 : 0;
  const firstDayOf = (name: number): DayNumber => lastDayOf(name + offset - 1, yearEnd) + 1;
  const yearNamed = (name: number): YearOfMonths => {
    const first = firstDayOf(name);
    const hasExtra = firstDayOf(name + 1) - first > 52 * 7;
    const months = [first];
    for (let month = 1; month <= 12; month++) {
      const weeks = (pattern[(month - 1) % 3] ?? 0) + (hasExtra && month === extraWeekIn ? 1 : 0);
      months.push((months.at(-1) ?? 0) + weeks * 7);
    }
    return { name, months };
  };
  const nameOf = (day: DayNumber): number => {
    // No year ends more than a few days away from its month: the name is one of these three.
    let name = yearOfDayNumber(day) - offset + 1;
    while (day < firstDayOf(name)) name -= 1;
    return name;
  };
  const weeks: NumberedWeeks = {
    containing(day) {
      const name = nameOf(day);
      return weekOf(name, Math.floor((day - firstDayOf(name)) / 7) + 1);
    },
    numbered: (year, number) => {
      const first = firstDayOf(year) + (number - 1) * 7;
      return number >= 1 && first < firstDayOf(year + 1) ? weekOf(year, number) : undefined;
    },
  };
  const weekOf = (year: number, number: number) => {
    const first = firstDayOf(year) + (number - 1) * 7;
    return periodOf(idInYear(prefix, year, 'weekly', number), 'weekly', first, first + 7);
  };
  return yearRules(prefix, { named: yearNamed, containing: (day) => yearNamed(nameOf(day)) }, weeks);
}

/** The last day of the year that ends with a month of a calendar year. */
function lastDayOf(year: number, { weekday, rule, month }: RetailCalendar['yearEnd']): DayNumber {
  const endOfMonth = dayOrLastOfMonth(year, month, 31);
  // Three days later is nearer than four days before: the nearest is the last that is at most three days after.
  return weekdayOnOrBefore(rule === 'last' ? endOfMonth : endOfMonth + 3, weekday);
}
