import { type DayNumber, dayNumberOf, dayOrLastOfMonth, yearOfDayNumber } from '../day-number.js';
import type { FiscalCalendar } from '../types.js';
import type { CalendarRules } from './calendar-rules.js';
import { numberedWeeks } from './numbered-weeks.js';
import type { YearOfMonths } from './year-of-months.js';
import { yearRules } from './year-rules.js';

/**
 * Years of twelve months from any day on.
 *
 * A month begins on the day of the month on which the year does, and on its last day where it has no such: of a year from
 * 31 August on the months begin on 30 September, 31 October, …, 28 or 29 February. A year named by its end carries the
 * number of the calendar year in which its last day lies; one from 1 January on both ways the same.
 */
export function fiscalRules({ prefix, month, day, named, weeks }: FiscalCalendar): CalendarRules {
  const fromFirstOfJanuary = month === 1 && day === 1;
  const offset = named === 'end' && !fromFirstOfJanuary ? 1 : 0;
  const firstDayOf = (name: number): DayNumber => dayNumberOf(name - offset, month, day);
  const yearNamed = (name: number): YearOfMonths => ({
    name,
    months: Array.from({ length: 13 }, (_, index) => dayOrLastOfMonth(name - offset, month + index, day)),
  });
  const nameOf = (date: DayNumber): number => {
    const name = yearOfDayNumber(date) + offset;
    return date < firstDayOf(name) ? name - 1 : name;
  };
  return yearRules(
    prefix,
    { named: yearNamed, containing: (date) => yearNamed(nameOf(date)) },
    weeks && numberedWeeks(prefix, weeks, nameOf, firstDayOf),
  );
}
