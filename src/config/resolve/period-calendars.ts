import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import type { Frequency, Grain, ListCalendar, PeriodCalendar, WeekRule, YearName } from '#src/domain/period/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import { type CalendarSpec, STANDARD } from '../spec/calendars-spec.js';
import type { Entry } from '../spec/read-specs.js';
import { nameOf } from '../spec/report-issues.js';
import type { SiteSpec } from '../spec/site-spec.js';
import { checkReference } from './context.js';

/** The calendars of a site beside the standard one. */
export interface SiteCalendars {
  /** Those that are right. */
  readonly byId: ReadonlyMap<string, PeriodCalendar>;
  /** All ids, and `standard`; `undefined` when the site could not be read. */
  readonly ids: ReadonlySet<string> | undefined;
  /** Id of the one that holds where none is named. */
  readonly fallback: string;
}

/** The ids that a list of periods gives to the days around it. */
const RESERVED = ['before', 'after'];

/** All calendars of a site; one with something wrong is left out. */
export function resolveCalendars(site: Entry<SiteSpec> | undefined, problems: ProblemList): SiteCalendars {
  if (site === undefined) return { byId: new Map(), ids: undefined, fallback: STANDARD };
  const { spec, place } = site;
  const entries = Object.entries(spec.calendars);
  const ids = new Set([STANDARD, ...entries.map(([id]) => id)]);
  if (spec.calendar !== undefined) {
    checkReference('calendar', spec.calendar, ids, below(place, 'calendar'), problems);
  }
  checkPrefixes(entries, below(place, 'calendars'), problems);
  const byId = new Map<string, PeriodCalendar>();
  for (const [id, each] of entries) {
    const calendar = resolveCalendar(each, below(place, 'calendars', id), problems);
    if (calendar !== undefined) byId.set(id, calendar);
  }
  return { byId, ids, fallback: spec.calendar ?? STANDARD };
}

/**
 * The calendar of a grain by its id; nothing for the standard one.
 *
 * @param written where the id stands, and the id; `undefined` where none is written, so that the fallback holds
 */
export function calendarOf(
  written: string | undefined,
  frequency: Frequency,
  place: Place,
  { byId, ids, fallback }: SiteCalendars,
  problems: ProblemList,
): Pick<Grain, 'calendar'> {
  const id = written ?? fallback;
  if (written !== undefined) checkReference('calendar', written, ids, place, problems);
  const calendar = byId.get(id);
  if (calendar === undefined) return {};
  if (calendar.kind === 'list' && calendar.frequency !== frequency) {
    const message = `${nameOf(place)}: the calendar "${id}" has ${calendar.frequency} periods and no ${frequency} ones`;
    const remedy = `say frequency: ${calendar.frequency}, or another calendar: ${STANDARD}`;
    problems.error('CONFIG_CALENDAR_FREQUENCY', place, message, remedy);
    return {};
  }
  return { calendar };
}

/** The calendar of an id, where one is written and is not the standard one; its periods may be of any frequency. */
export function namedCalendar(
  written: string | undefined,
  place: Place,
  { byId, ids }: SiteCalendars,
  problems: ProblemList,
): PeriodCalendar | undefined {
  if (written === undefined) return undefined;
  checkReference('calendar', written, ids, place, problems);
  return byId.get(written);
}

/** The calendars as they are for what stands within something that may name one. */
export function calendarsWithin(calendars: SiteCalendars, named: string | undefined): SiteCalendars {
  return named === undefined ? calendars : { ...calendars, fallback: named };
}

/** No prefix begins another, in whatever case, so that each id is of one calendar. */
function checkPrefixes(entries: readonly [string, CalendarSpec][], place: Place, problems: ProblemList): void {
  for (const [index, [id, { prefix }]] of entries.entries()) {
    const clash = entries
      .slice(0, index)
      .find(([, other]) => begins(other.prefix, prefix) || begins(prefix, other.prefix));
    if (clash === undefined) continue;
    const message = `the prefix ${prefix} of the calendar "${id}" and ${clash[1].prefix} of "${clash[0]}" begin alike, so that an id may be of either`;
    problems.error('CONFIG_CALENDAR_PREFIX', below(place, id, 'prefix'), message, 'give one of them another prefix');
  }
}

const begins = (start: string, text: string): boolean => text.toLowerCase().startsWith(start.toLowerCase());

function resolveCalendar(spec: CalendarSpec, place: Place, problems: ProblemList): PeriodCalendar | undefined {
  const { prefix } = spec;
  switch (spec.kind) {
    case 'weeks':
      return { kind: 'weeks', prefix, weeks: weekRule(spec) };
    case 'nrf': {
      const yearEnd = { weekday: 6, rule: 'nearest', month: 1 } as const;
      return { kind: 'retail', prefix, pattern: [4, 5, 4], yearEnd, named: 'start', extraWeekIn: 12 };
    }
    case 'retail': {
      const [first = 0, second = 0, third = 0] = spec.pattern.split('-').map((weeks) => Number.parseInt(weeks, 10));
      const { on, rule, month } = spec.year_ends;
      const named = nameOfYear(spec.named, month === 12, place, problems);
      const yearEnd = { weekday: on, rule, month };
      return { kind: 'retail', prefix, pattern: [first, second, third], yearEnd, named, extraWeekIn: spec.extra_week };
    }
    case 'fiscal': {
      const [month = 0, day = 0] = spec.starts.split('-').map((part) => Number.parseInt(part, 10));
      const named = nameOfYear(spec.named, spec.starts === '01-01', place, problems);
      if (!isCalendarDate(`2025-${spec.starts}`)) {
        const message = `no year can begin on "${spec.starts}": there is no such day, or not in every year`;
        const remedy = "write month and day of a day that every year has: '04-01'";
        problems.error('CONFIG_CALENDAR_START', below(place, 'starts'), message, remedy);
        return undefined;
      }
      return { kind: 'fiscal', prefix, month, day, named, ...(spec.weeks && { weeks: weekRule(spec.weeks) }) };
    }
    case 'list':
      return resolveList(spec, place, problems);
  }
}

function weekRule({
  start,
  first_week_days,
}: {
  readonly start: WeekRule['start'];
  first_week_days: number;
}): WeekRule {
  return { start, minimumDays: first_week_days };
}

/** FY26 is one year here and another there: where it matters, it is not guessed. */
function nameOfYear(written: YearName | undefined, isSame: boolean, place: Place, problems: ProblemList): YearName {
  if (written === undefined && !isSame) {
    const at = below(place, 'named');
    const remedy = 'add named: end for the year its last day is in, or named: start';
    problems.error('CONFIG_MISSING_KEY', at, `${nameOf(at)} is missing: its years lie in two calendar years`, remedy);
  }
  return isSame ? 'start' : (written ?? 'end');
}

function resolveList(
  { prefix, frequency, periods, end }: Extract<CalendarSpec, { kind: 'list' }>,
  place: Place,
  problems: ProblemList,
): ListCalendar | undefined {
  const refuse = (at: Place, message: string, remedy: string): void =>
    problems.error('CONFIG_CALENDAR_LIST', at, message, remedy);
  let isRight = true;
  const seen = new Set<string>();
  const starts = [...periods.map(({ from }, index) => ({ day: from, at: below(place, 'periods', index, 'from') }))];
  for (const [index, { day, at }] of [...starts, { day: end, at: below(place, 'end') }].entries()) {
    const before = starts[index - 1]?.day;
    if (!isCalendarDate(day)) {
      isRight = false;
      problems.error('CONFIG_INVALID_DATE', at, `the calendar has no day "${day}"`, 'write a day that exists');
    } else if (before !== undefined && day <= before) {
      isRight = false;
      refuse(at, `${day} does not come after ${before}`, 'put the periods in the order of their days');
    }
  }
  for (const [index, { id }] of periods.entries()) {
    const at = below(place, 'periods', index, 'id');
    if (seen.has(id)) refuse(at, `two periods have the id "${id}"`, 'give each its own');
    if (RESERVED.includes(id)) refuse(at, `"${id}" is the id of the days ${id} the list`, 'use another id');
    isRight &&= !seen.has(id) && !RESERVED.includes(id);
    seen.add(id);
  }
  if (!isRight) return undefined;
  const list = periods.map(({ id, from }) => ({ id, start: from }));
  return { kind: 'list', prefix, frequency, periods: list, end };
}
