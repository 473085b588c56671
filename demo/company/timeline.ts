import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from '#src/domain/period/types.js';

export interface Day {
  readonly date: CalendarDate;
  /** ISO weekday, 1 = Monday. */
  readonly weekday: number;
  /** Calendar months before the month of today; 0 is the month of today. */
  readonly monthsAgo: number;
}

export interface Month {
  /** `2026-03`. */
  readonly id: string;
  readonly first: CalendarDate;
  readonly last: CalendarDate;
  readonly length: number;
  readonly monthsAgo: number;
}

/** The days and months the company has data for. */
export interface Timeline {
  readonly today: CalendarDate;
  /** The newest day with data. */
  readonly yesterday: CalendarDate;
  /** Whole weeks and quarters before the collected history, up to yesterday. */
  readonly days: readonly Day[];
  /** From the quarter in which the history begins to the month of today. */
  readonly months: readonly Month[];
  /** The learning platform delivers days before this one and none since. */
  readonly platformSilentFrom: CalendarDate;
}

export const HISTORY_MONTHS = 24;

/** `count` days later, or earlier when negative. */
export function addDays(date: CalendarDate, count: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days: count }).toString();
}

/** `count` months later; a day the month lacks becomes its last. */
export function addMonths(date: CalendarDate, count: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ months: count }).toString();
}

export function mondayOf(date: CalendarDate): CalendarDate {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

/** The month that lies `count` months after that of `date`, seen from `today`. */
export function monthOf(date: CalendarDate, count: number, today: CalendarDate): Month {
  const month = Temporal.PlainDate.from(date).toPlainYearMonth().add({ months: count });
  const present = Temporal.PlainDate.from(today);
  return {
    id: month.toString(),
    first: month.toPlainDate({ day: 1 }).toString(),
    last: month.toPlainDate({ day: month.daysInMonth }).toString(),
    length: month.daysInMonth,
    monthsAgo: (present.year - month.year) * 12 + present.month - month.month,
  };
}

/** Day `number` of a month, from 1. */
export function dayOfMonth(month: Month, number: number): CalendarDate {
  return `${month.id}-${String(number).padStart(2, '0')}`;
}

/**
 * The three weeks before the current one carry no learning-platform data on any day the demo may run: that leaves two weeks
 * past every grace and, for a measure with 40 days of grace, days that are only late.
 */
const SILENT_WEEKS = 3;

export function createTimeline(today: CalendarDate): Timeline {
  const oldest = monthOf(today, -HISTORY_MONTHS, today);
  const quarterMonth = (Temporal.PlainDate.from(oldest.first).month - 1) % 3;
  const months = Array.from({ length: HISTORY_MONTHS + quarterMonth + 1 }, (_, index) =>
    monthOf(oldest.first, index - quarterMonth, today),
  );
  const days: Day[] = [];
  let day = Temporal.PlainDate.from(mondayOf(months[0]?.first ?? oldest.first));
  const present = Temporal.PlainDate.from(today);
  while (Temporal.PlainDate.compare(day, present) < 0) {
    days.push({
      date: day.toString(),
      weekday: day.dayOfWeek,
      monthsAgo: (present.year - day.year) * 12 + present.month - day.month,
    });
    day = day.add({ days: 1 });
  }
  return {
    today,
    yesterday: addDays(today, -1),
    days,
    months,
    platformSilentFrom: addDays(mondayOf(today), -7 * SILENT_WEEKS),
  };
}
