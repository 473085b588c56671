import { deadlines } from '#src/domain/freshness/deadlines.js';
import type { Deadlines } from '#src/domain/freshness/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { Instant, Period, WorkingCalendar } from '#src/domain/period/types.js';
import { contentDigest } from '../content-digest.js';
import { askedOf, type SaidOf } from './said-by-sources.js';
import { type WorkingCalendars, workingCalendarOf } from './working-calendar-of.js';

/** By calendar: it lives as long as the configuration it belongs to. */
const known = new WeakMap<WorkingCalendar, Map<string, Deadlines>>();

/** Deadlines of a measure's period. Measures share due rules and periods, so each is computed once a calendar. */
export function deadlinesOf(period: Period, measure: Measure, calendars: WorkingCalendars, saidOf: SaidOf): Deadlines {
  const { due, timeZone } = measure;
  const calendar = workingCalendarOf(measure, calendars);
  const ofCalendar = known.get(calendar) ?? new Map<string, Deadlines>();
  known.set(calendar, ofCalendar);
  const saidAt: Instant | undefined = saidOf(measure, period);
  const key = `${period.end} ${ruleText(measure)} ${saidAt}`;
  const found = ofCalendar.get(key) ?? deadlines(period, due, calendar, timeZone, saidAt);
  ofCalendar.set(key, found);
  return found;
}

function ruleText(measure: Measure): string {
  const { businessDays, hours, dayOfMonth, graceDays, lockDays } = measure.due;
  const asked = askedOf(measure);
  const own = [businessDays, hours, dayOfMonth, graceDays, lockDays, measure.timeZone];
  return [...own, ...(asked === undefined ? [] : [`as of ${asked}`])].join(' ');
}

/** By calendar, as above. */
const keys = new WeakMap<WorkingCalendar, Map<string, string>>();

/** Digest of all that decides the deadlines of a measure's periods: rule, zone, working days, and whose word counts. */
export function dueRuleKey(measure: Measure, calendars: WorkingCalendars): string {
  const calendar = workingCalendarOf(measure, calendars);
  const ofCalendar = keys.get(calendar) ?? new Map<string, string>();
  keys.set(calendar, ofCalendar);
  const rule = ruleText(measure);
  const key = ofCalendar.get(rule) ?? contentDigest({ rule, ...calendar });
  ofCalendar.set(rule, key);
  return key;
}
