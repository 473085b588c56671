import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import { addDays, addMonths } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { isPart, PARTS, TOKEN } from './date-pattern.js';

/** The days a file is about by its name: one day, a month or a year; `end` is the day after the last. */
export interface NamedDays {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

/**
 * Reads dates out of file names by a pattern. {yyyy} is four digits, {MM} and {dd} are two, `*` is any letters and `?`
 * one; the pattern has to fit the whole name. A name that does not fit, or whose date is not in the calendar, has none.
 */
export function dateInName(pattern: string): (name: string) => NamedDays | undefined {
  const source = pattern.split(TOKEN).map((token) => {
    if (isPart(token)) return token === '{yyyy}' ? '(?<year>\\d{4})' : `(?<${PARTS[token]}>\\d{2})`;
    if (token === '*') return '.*';
    return token === '?' ? '.' : token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  const form = new RegExp(`^${source.join('')}$`, 'su');
  return (name) => {
    const groups = form.exec(name)?.groups;
    if (groups === undefined) return undefined;
    const { year = '', month = '01', day = '01' } = groups;
    const start = `${year}-${month}-${day}`;
    if (year === '0000' || year === '9999' || !isCalendarDate(start)) return undefined;
    if (groups['day'] !== undefined) return { start, end: addDays(start, 1) };
    return { start, end: addMonths(start, groups['month'] === undefined ? 12 : 1) };
  };
}
