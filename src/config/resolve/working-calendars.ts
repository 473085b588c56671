import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { CalendarDate, WorkingCalendar } from '#src/domain/period/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { PublicHolidays } from '../public-holidays.js';
import { quote } from '../spec/scalars.js';
import type { WorkingCalendarSpec } from '../spec/working-calendar-spec.js';

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const DEFAULT_WEEK = [1, 2, 3, 4, 5];
/** The longest range of days off, so that a slip in a year is told and not stored. */
const LONGEST_RANGE = 366;

/** Which days are worked, with every rule turned into plain days. Settings not written are left out. */
export function resolveWorkingCalendar(
  spec: WorkingCalendarSpec,
  place: Place,
  publicHolidays: PublicHolidays,
  problems: ProblemList,
): WorkingCalendar {
  const listed = daysIn(spec.holidays, below(place, 'holidays'), problems);
  const official = officialDays(spec.public_holidays, below(place, 'public_holidays'), publicHolidays, problems);
  const halfDays = spec.half_days && daysIn(spec.half_days, below(place, 'half_days'), problems);
  return {
    weekend: weekendOf(spec, place, problems),
    holidays: [...new Set([...listed, ...official])].sort(),
    ...(halfDays === undefined ? {} : { halfDays: [...new Set(halfDays)].sort() }),
  };
}

function weekendOf(
  { working_week, weekend_of }: WorkingCalendarSpec,
  place: Place,
  problems: ProblemList,
): readonly number[] {
  if (weekend_of === undefined) {
    const worked: readonly number[] = working_week ?? DEFAULT_WEEK;
    return WEEK.filter((day) => !worked.includes(day));
  }
  const at = below(place, 'weekend_of');
  if (working_week !== undefined) {
    const message = 'working_week and weekend_of both say which days are worked';
    problems.error('CONFIG_WORKING_WEEK', { ...at, at: 'key' }, message, 'keep one of the two');
  }
  const weekend = countryWeekend(weekend_of);
  if (weekend !== undefined) return weekend;
  const message = `there is no country "${weekend_of}"`;
  problems.error('CONFIG_UNKNOWN_REGION', at, message, 'use a code of ISO 3166 in capital letters: SA');
  return [];
}

/** The country's practice as CLDR has it. Runtimes have it as a property or, newer ones, as a method. */
function countryWeekend(country: string): readonly number[] | undefined {
  const name = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(country);
  if (name === undefined || /^(?:Unknown|Pseudo)/.test(name)) return undefined;
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & WeekInfo;
  const { weekend } = locale.getWeekInfo?.() ?? locale.weekInfo ?? { weekend: [6, 7] };
  return [...weekend].sort();
}

interface WeekInfo {
  readonly weekInfo?: { readonly weekend: readonly number[] };
  getWeekInfo?(): { readonly weekend: readonly number[] };
}

function officialDays(
  region: string | undefined,
  place: Place,
  publicHolidays: PublicHolidays,
  problems: ProblemList,
): readonly CalendarDate[] {
  if (region === undefined) return [];
  const days = publicHolidays.get(region) ?? 'unknown';
  if (typeof days !== 'string') return days;
  if (days === 'not_installed') {
    const message = `the public holidays of "${region}" are known to the package date-holidays, which is not installed`;
    const remedy = 'run npm install date-holidays beside Plumbline, or list the days under holidays';
    problems.error('CONFIG_HOLIDAYS_UNAVAILABLE', place, message, remedy);
  } else {
    const remedy = 'use a country or a region of one as date-holidays has them: DE, DE-BY, US-NY';
    problems.error('CONFIG_UNKNOWN_REGION', place, `no public holidays are known of ${quote(region)}`, remedy);
  }
  return [];
}

function daysIn(texts: readonly string[], place: Place, problems: ProblemList): CalendarDate[] {
  return texts.flatMap((text, index) => {
    const [from = '', to = from] = text.split('..');
    const at = below(place, index);
    const missing = [from, to].find((day) => !isCalendarDate(day));
    if (missing !== undefined) {
      const remedy = 'write a day that exists as YYYY-MM-DD';
      problems.error('CONFIG_INVALID_DATE', at, `the calendar has no day "${missing}"`, remedy);
      return [];
    }
    const days: CalendarDate[] = [];
    for (let day = from; day <= to && days.length <= LONGEST_RANGE; day = addDays(day, 1)) {
      days.push(day);
      if (day === to) break;
    }
    if (days.length > 0 && days.length <= LONGEST_RANGE) return days;
    const message =
      days.length === 0 ? `the range ${text} ends before it begins` : `the range ${text} is over a year long`;
    problems.error(
      'CONFIG_INVALID_DATE',
      at,
      message,
      'write the first day, two dots, and the last: 2026-12-24..2026-12-31',
    );
    return [];
  });
}
