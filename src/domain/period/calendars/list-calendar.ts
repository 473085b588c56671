import { PlumblineError } from '../../failure/plumbline-error.js';
import { FIRST_DATE, LAST_DATE } from '../calendar-date.js';
import type { ListCalendar, Period } from '../types.js';
import type { CalendarRules } from './calendar-rules.js';

/** Ids, without the prefix, of the periods that hold all days before and after a list. */
export const BEFORE = 'before';
export const AFTER = 'after';

/** Periods as somebody listed them. They have no number in a year. */
export function listRules({ prefix, frequency, periods, end }: ListCalendar): CalendarRules {
  const first = periods[0]?.start ?? end;
  const starts = [{ id: BEFORE, start: FIRST_DATE }, ...periods, { id: AFTER, start: end }];
  const all: Period[] = starts.map(({ id, start }, index) => ({
    id: `${prefix}${id}`,
    frequency,
    start,
    end: starts[index + 1]?.start ?? LAST_DATE,
  }));
  return {
    own: [frequency],
    containing(date, wanted) {
      if (wanted !== frequency) {
        throw new PlumblineError(
          'defect',
          'BUG_FREQUENCY_NOT_OFFERED',
          `the calendar with the prefix "${prefix}" lists ${frequency} periods, and was asked for a ${wanted} one`,
          { remedy: `a ${frequency} grain` },
        );
      }
      const index = date < first ? 0 : lastStarted(all, date);
      return all[index] as Period;
    },
    numbered: () => undefined,
    placeOf: () => undefined,
    named: (rest) => all.find(({ id }) => id === `${prefix}${rest}`),
  };
}

/** Lists are long where days are listed: halves the part that can hold the day until one is left. */
function lastStarted(periods: readonly Period[], date: string): number {
  let [low, high] = [0, periods.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((periods[middle]?.start ?? LAST_DATE) <= date) low = middle;
    else high = middle - 1;
  }
  return low;
}
