import type { Site } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { WorkingCalendar } from '#src/domain/period/types.js';

/** The site's working days: its own, and those that due rules name. */
export type WorkingCalendars = Pick<Site, 'calendar' | 'workingCalendars'>;

/** The working days that a measure is judged by: those its due rule names, else the site's own. */
export function workingCalendarOf(
  { due }: Pick<Measure, 'due'>,
  { calendar: own, workingCalendars }: WorkingCalendars,
): WorkingCalendar {
  return (due.calendar === undefined ? undefined : workingCalendars?.[due.calendar]) ?? own;
}
