import type { DueRule } from '../measure/types.js';
import { isOutsideList, periodContaining } from '../period/period.js';
import { addDays, compareInstants, startInstant } from '../period/period-instants.js';
import type { CalendarDate, Grain, Instant, Period } from '../period/types.js';
import { reminderDays } from './reminders.js';

/** A named day on which nobody could be asked is made up for until so many days have begun, itself among them. */
export const MADE_UP_DAYS = 7;

/**
 * Whether anybody is asked for a value on a day, which begins at midnight in `timeZone`: before it is due only who keeps it by
 * hand. Any other source is read by itself, and nobody has to do anything.
 */
export function isAskedOn(
  day: CalendarDate,
  { due, timeZone, isKeptByHand }: { readonly due: Instant; readonly timeZone: string; readonly isKeptByHand: boolean },
): boolean {
  return isKeptByHand || compareInstants(startInstant(day, timeZone), due) >= 0;
}

/** A period whose value is to be asked for, and the day that names it. */
export interface NamedRequest {
  readonly period: Period;
  readonly day: CalendarDate;
}

/**
 * The periods whose value a due rule asks for today, each with the newest of its days that has come: today, or one of the days
 * just before, so that who was away for a few days asks once.
 *
 * With 15 days before and 3 after, June 2026 is asked for from the 15th to the 21st of June, and from the 3rd to the 9th of July.
 */
export function namedRequests(
  grain: Grain,
  { remind }: Pick<DueRule, 'remind'>,
  today: CalendarDate,
): readonly NamedRequest[] {
  if (remind === undefined) return [];
  const { beforeDays, afterDays } = remind;
  const found = new Map<string, NamedRequest>();
  for (let back = 0; back < MADE_UP_DAYS; back++) {
    const day = addDays(today, -back);
    const lastDays = [
      ...(beforeDays === undefined ? [] : [addDays(day, beforeDays)]),
      ...(afterDays === undefined ? [] : [addDays(day, -afterDays)]),
    ];
    for (const lastDay of lastDays) {
      const period = periodContaining(lastDay, grain);
      const isNamed = !isOutsideList(period, grain) && reminderDays(period, { remind }).includes(day);
      if (isNamed && !found.has(period.id)) found.set(period.id, { period, day });
    }
  }
  return [...found.values()].sort((a, b) => (a.period.start < b.period.start ? -1 : 1));
}
