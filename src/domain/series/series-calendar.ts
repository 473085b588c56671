import { LAST_DATE } from '../period/calendar-date.js';
import { restatedPeriodLastYear, samePeriodLastYear } from '../period/last-year.js';
import { FREQUENCIES, nextPeriod, parsePeriodId, periodContaining, previousPeriod } from '../period/period.js';
import { addDays, addMonths, daysBetween } from '../period/period-instants.js';
import type { CalendarDate, Frequency, Grain, Period } from '../period/types.js';

// All that series know of calendars goes through here.

/** The period of a grain that a day belongs to; of another frequency of the same calendar where one is given. */
export function periodAt(date: CalendarDate, grain: Grain, frequency: Frequency = grain.frequency): Period {
  return periodContaining(date, { ...grain, frequency });
}

/** The next period of a grain. */
export function periodAfter(period: Period, grain: Grain): Period {
  return nextPeriod(period, grain);
}

/**
 * The period an id names.
 *
 * @throws PlumblineError `CONFIG_BAD_PERIOD` for one that does not exist
 */
export function periodNamed(id: string, { calendar }: Grain): Period {
  return parsePeriodId(id, calendar === undefined ? [] : [calendar]);
}

/** Frequencies coarser than a grain's, the finer of them first. */
export function coarserThan({ frequency }: Grain): readonly Frequency[] {
  return FREQUENCIES.slice(FREQUENCIES.indexOf(frequency) + 1);
}

/**
 * The coarser period that a period is counted to: the one that holds its middle day.
 *
 * Where the finer nests in the coarser that is the one around it. A week is counted to the year of its Thursday, as
 * ISO 8601 does, so each week belongs to exactly one year, and a year has 52 or 53.
 */
export function countedTo(period: Period, grain: Grain, frequency: Frequency): Period {
  return periodAt(middleDay(period), grain, frequency);
}

/** The periods of a grain that are {@link countedTo} a coarser one, in order. */
export function periodsCountedTo(coarse: Period, grain: Grain): readonly Period[] {
  const periods: Period[] = [];
  for (let period = periodAt(coarse.start, grain); period.start < coarse.end; period = periodAfter(period, grain)) {
    const middle = middleDay(period);
    if (middle >= coarse.start && middle < coarse.end) periods.push(period);
    if (period.end === LAST_DATE) break;
  }
  return periods;
}

/**
 * The same period a year before. Of weeks the one of the same number, of a 53rd week the last of the year before; of
 * 29 February the 28th.
 */
export function yearBefore(period: Period, grain: Grain): Period {
  return samePeriodLastYear(period, grain) ?? lastOfSpan(period, grain);
}

/** Of weeks and of retail days the period 52 weeks before where the year before has 53; nothing for a 53rd week. */
export function restatedYearBefore(period: Period, grain: Grain): Period | undefined {
  return restatedPeriodLastYear(period, grain);
}

/** For the day or week that the year before does not have: the one before it there. */
function lastOfSpan(period: Period, grain: Grain): Period {
  if (grain.frequency === 'daily') return periodAt(addMonths(period.start, -12), grain);
  return samePeriodLastYear(previousPeriod(period, grain), grain) ?? previousPeriod(period, grain);
}

/** How many days a period has. */
export function daysIn(period: Pick<Period, 'start' | 'end'>): number {
  return daysBetween(period.start, period.end);
}

function middleDay(period: Period): CalendarDate {
  return addDays(period.start, Math.floor((daysIn(period) - 1) / 2));
}
