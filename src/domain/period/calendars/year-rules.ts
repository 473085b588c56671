import { type DayNumber, dayNumber } from '../day-number.js';
import type { CalendarDate, Frequency, Period } from '../types.js';
import type { CalendarRules, YearPlace } from './calendar-rules.js';
import type { NumberedWeeks } from './numbered-weeks.js';
import { isOfMonths, numberInYear, periodOfMonths, readIdInYear, type YearOfMonths } from './year-of-months.js';

/** What a calendar of years knows of them. */
export interface Years {
  containing(day: DayNumber): YearOfMonths;
  named(year: number): YearOfMonths;
}

/** The rules of a calendar whose periods are parts of its years. @param weeks absent where its weeks are ISO's */
export function yearRules(prefix: string, years: Years, weeks: NumberedWeeks | undefined): CalendarRules {
  const ofMonths = ['monthly', 'quarterly', 'half-yearly', 'yearly'] as const;
  const numbered = (year: number, frequency: Frequency, number: number): Period | undefined => {
    if (isOfMonths(frequency)) return periodOfMonths(prefix, years.named(year), frequency, number);
    return frequency === 'weekly' ? weeks?.numbered(year, number) : undefined;
  };
  return {
    own: weeks === undefined ? ofMonths : ['weekly', ...ofMonths],
    containing(date: CalendarDate, frequency: Frequency): Period {
      const day = dayNumber(date);
      const year = years.containing(day);
      const period = isOfMonths(frequency)
        ? periodOfMonths(prefix, year, frequency, numberInYear(year, frequency, day))
        : weeks?.containing(day);
      if (period === undefined) throw new RangeError(`the calendar ${prefix} has no ${frequency} period of ${date}`);
      return period;
    },
    numbered,
    placeOf: (period: Period): YearPlace | undefined => readIdInYear(period.id.slice(prefix.length)),
    named(rest) {
      const place = readIdInYear(rest);
      return place && numbered(place.year, place.frequency, place.number);
    },
  };
}
