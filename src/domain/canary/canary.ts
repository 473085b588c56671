import { alertSubject } from '../alert/alert-key.js';
import { dayNumber } from '../period/day-number.js';
import type { CalendarDate } from '../period/types.js';

/**
 * The canary: a measure that Plumbline makes by itself, so that a message goes the whole way by schedule.
 *
 * Its ids are none that a configuration can have.
 */
export const CANARY = '_canary';

/** Address of its measure. */
export const CANARY_MEASURE = `${CANARY}/canary`;

/** What its alerts are about. */
export const CANARY_SUBJECT = alertSubject('measure', CANARY_MEASURE);

/** What it is called in messages, whichever way they are written. */
export const CANARY_NAME = 'Canary (a test of the whole way, nothing is wrong)';

/** Whether an alert is the canary's own: made to be sent, and no news of anything. */
export function isCanary({ subject }: { readonly subject: string }): boolean {
  return subject === CANARY_SUBJECT;
}

/** How often it goes round. */
export type CanaryCadence = 'day' | 'week';

/**
 * Its value in the period that a day lies in: alarms, 1 and 0 by turns. So the alert that one period raises is over with the next,
 * by the ordinary conditions.
 */
export function canaryValue(date: CalendarDate, every: CanaryCadence): '0' | '1' {
  const day = dayNumber(date);
  // Day 0 is the first of January 1970, a Thursday: weeks begin three days before it.
  const count = every === 'day' ? day : Math.floor((day + 3) / 7);
  return count % 2 === 0 ? '0' : '1';
}
