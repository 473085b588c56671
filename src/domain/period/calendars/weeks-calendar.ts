import { type DayNumber, dayNumber, dayNumberOf, yearOfDayNumber } from '../day-number.js';
import type { Period, WeeksCalendar } from '../types.js';
import type { CalendarRules } from './calendar-rules.js';
import { numberedWeeks } from './numbered-weeks.js';
import { readIdInYear } from './year-of-months.js';

/** Weeks from any day on, numbered in the calendar year; everything else is the standard calendar's. */
export function weeksRules({ prefix, weeks }: WeeksCalendar): CalendarRules {
  const numbered = numberedWeeks(
    prefix,
    weeks,
    (day: DayNumber) => yearOfDayNumber(day),
    (year: number) => dayNumberOf(year, 1, 1),
  );
  return {
    own: ['weekly'],
    containing(date) {
      const week = numbered.containing(dayNumber(date));
      if (week === undefined) throw new RangeError(`the calendar ${prefix} has no week of ${date}`);
      return week;
    },
    numbered: (year, frequency, number) => (frequency === 'weekly' ? numbered.numbered(year, number) : undefined),
    placeOf: (period: Period) => readIdInYear(period.id.slice(prefix.length)),
    named(rest) {
      const place = readIdInYear(rest);
      return place?.frequency === 'weekly' ? numbered.numbered(place.year, place.number) : undefined;
    },
  };
}
