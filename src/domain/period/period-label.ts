import { dateOfDayNumber, dayNumber } from './day-number.js';
import { periodContaining, previousPeriod } from './period.js';
import { addDays } from './period-instants.js';
import type { CalendarDate, DayRange, Grain } from './types.js';

/** Which day stands for a whole period: its first, its last, the first after it, or any in it. */
export type PeriodLabel = 'start' | 'end' | 'after' | 'middle';

/**
 * The day that a row of a coarse source is of, which is labelled by a date: the middle day of its period, the earlier of two.
 *
 * So a week that lies in two months is of the one that has most of its days, as ISO 8601 puts it in the year that has.
 *
 * @returns `undefined` for a date that labels no period so: one in mid-week where weeks are labelled by their last day
 * @see docs/decisions/2026-11-28-a-coarse-row-is-of-its-middle-day.md
 */
export function dayOfLabel(date: CalendarDate, grain: Grain, label: PeriodLabel): CalendarDate | undefined {
  const containing = periodContaining(date, grain);
  const period = label === 'after' ? previousPeriod(containing, grain) : containing;
  const isLabel =
    label === 'middle' ||
    (label === 'start' && period.start === date) ||
    (label === 'end' && addDays(period.end, -1) === date) ||
    (label === 'after' && period.end === date);
  if (!isLabel) return undefined;
  const [start, end] = [dayNumber(period.start), dayNumber(period.end)];
  return dateOfDayNumber(start + Math.floor((end - start - 1) / 2));
}

/** All days that may label a period of which some day lies in a range: what a source is asked for. */
export function labelDays({ start, end }: DayRange, grain: Grain): DayRange {
  const first = periodContaining(start, grain);
  const last = periodContaining(end > start ? addDays(end, -1) : end, grain);
  // The first day after the last period may be its label.
  return { start: first.start, end: dateOfDayNumber(dayNumber(last.end) + 1) };
}
