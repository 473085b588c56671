import type { Site } from '#src/config/types.js';
import { deadlines } from '#src/domain/freshness/deadlines.js';
import type { Deadlines } from '#src/domain/freshness/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { Period, WorkingCalendar } from '#src/domain/period/types.js';

/** The site's working days: its own, and those that due rules name. */
export type WorkingCalendars = Pick<Site, 'calendar' | 'workingCalendars'>;

/** By calendar: it lives as long as the configuration it belongs to. */
const known = new WeakMap<WorkingCalendar, Map<string, Deadlines>>();

/** Deadlines of a measure's period. Measures share due rules and periods, so each is computed once a calendar. */
export function deadlinesOf(
  period: Period,
  { due, timeZone }: Pick<Measure, 'due' | 'timeZone'>,
  { calendar: own, workingCalendars }: WorkingCalendars,
): Deadlines {
  const calendar = (due.calendar === undefined ? undefined : workingCalendars?.[due.calendar]) ?? own;
  const ofCalendar = known.get(calendar) ?? new Map<string, Deadlines>();
  known.set(calendar, ofCalendar);
  const key = `${period.end} ${due.businessDays} ${due.graceDays} ${timeZone}`;
  const found = ofCalendar.get(key) ?? deadlines(period, due, calendar, timeZone);
  ofCalendar.set(key, found);
  return found;
}
