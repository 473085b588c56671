import { deadlines } from '#src/domain/freshness/deadlines.js';
import type { Deadlines } from '#src/domain/freshness/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { Period, WorkingCalendar } from '#src/domain/period/types.js';
import { contentDigest } from '../content-digest.js';
import { type WorkingCalendars, workingCalendarOf } from './working-calendar-of.js';

/** By calendar: it lives as long as the configuration it belongs to. */
const known = new WeakMap<WorkingCalendar, Map<string, Deadlines>>();

/** Deadlines of a measure's period. Measures share due rules and periods, so each is computed once a calendar. */
export function deadlinesOf(
  period: Period,
  measure: Pick<Measure, 'due' | 'timeZone'>,
  calendars: WorkingCalendars,
): Deadlines {
  const { due, timeZone } = measure;
  const calendar = workingCalendarOf(measure, calendars);
  const ofCalendar = known.get(calendar) ?? new Map<string, Deadlines>();
  known.set(calendar, ofCalendar);
  const key = `${period.end} ${ruleText(measure)}`;
  const found = ofCalendar.get(key) ?? deadlines(period, due, calendar, timeZone);
  ofCalendar.set(key, found);
  return found;
}

function ruleText({ due, timeZone }: Pick<Measure, 'due' | 'timeZone'>): string {
  const { businessDays, hours, dayOfMonth, graceDays, lockDays } = due;
  return [businessDays, hours, dayOfMonth, graceDays, lockDays, timeZone].join(' ');
}

/** By calendar, as above. */
const keys = new WeakMap<WorkingCalendar, Map<string, string>>();

/** Digest of all that decides the deadlines of a measure's periods: rule, zone and working days. */
export function dueRuleKey(measure: Pick<Measure, 'due' | 'timeZone'>, calendars: WorkingCalendars): string {
  const calendar = workingCalendarOf(measure, calendars);
  const ofCalendar = keys.get(calendar) ?? new Map<string, string>();
  keys.set(calendar, ofCalendar);
  const rule = ruleText(measure);
  const key = ofCalendar.get(rule) ?? contentDigest({ rule, ...calendar });
  ofCalendar.set(rule, key);
  return key;
}
