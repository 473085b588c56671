import type { SourceStand } from '../freshness/evidence.js';
import { addDays, dateInZone, daysBetween } from '../period/period-instants.js';
import type { CalendarDate, Instant, Period, WorkingCalendar } from '../period/types.js';
import { workingHalfDays } from '../period/working-days.js';
import type { PaceDays, PaceRule, PartRead } from './types.js';

/**
 * The first day that a source was not read whole: never one that was not over when it was read, nor one after what the source
 * shows to have come to.
 *
 * The day of a newest row is taken to be whole once it is over. A time of a change leaves its own day open.
 *
 * @param logicalTime of the read, never the clock
 * @param stand how far the source had come then; absent: as far as it was read, since no rows mean that nothing was
 */
export function readUntil(logicalTime: Instant, timeZone: string, stand?: SourceStand): CalendarDate {
  const read = dateInZone(logicalTime, timeZone);
  if (stand === undefined) return read;
  const said = stand.at.includes('T') ? dateInZone(stand.at, timeZone) : addDays(stand.at, 1);
  return said < read ? said : read;
}

/**
 * The part of a period on the days before one; `undefined` where the period has no day that counts.
 *
 * @param until exclusive; before the period nothing was read, after it all
 */
export function partRead(
  period: Pick<Period, 'start' | 'end'>,
  until: CalendarDate,
  countedIn: PaceDays,
  calendar: WorkingCalendar,
): PartRead | undefined {
  const { start } = period;
  const end = until < start ? start : until < period.end ? until : period.end;
  const count = (to: CalendarDate): number =>
    countedIn === 'days' ? daysBetween(start, to) : workingHalfDays({ start, end: to }, calendar) / 2;
  const all = count(period.end);
  return all === 0 ? undefined : { read: count(end), all, countedIn };
}

/** Whether enough of a period was read to judge it at its pace: the least part that the rule asks for, and never nothing. */
export function isEnoughRead({ read, all }: PartRead, { fromPercent }: Pick<PaceRule, 'fromPercent'>): boolean {
  return read > 0 && read * 100 >= fromPercent * all;
}

/** `14 of 31 days` */
export function partWords({ read, all, countedIn }: PartRead): string {
  const days = all === 1 ? 'day' : 'days';
  return `${read} of ${all} ${countedIn === 'days' ? days : `working ${days}`}`;
}
