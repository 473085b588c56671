import type Holidays from 'date-holidays';
import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { SiteSpec } from './spec/site-spec.js';

const [FIRST_YEAR, LAST_YEAR] = [2000, 2050];
const HOURS_OF_DAY = 24;
const MS_OF_HOUR = 3_600_000;

/** What is known of a region: its public holidays; or that it is not known, or that nothing is, without the package. */
export type RegionHolidays = readonly CalendarDate[] | 'unknown' | 'not_installed';

/** By the region as it is written: `DE`, `DE-BY`. */
export type PublicHolidays = ReadonlyMap<string, RegionHolidays>;

/**
 * The public holidays of every region that a site names, as plain days of the years 2000 to 2050.
 *
 * The package that knows them is optional and large: it is loaded here, and only where a region is named. Which day a
 * holiday falls on is settled with the configuration, so that another version of the package changes nothing until the
 * next `apply` shows it.
 */
export async function loadPublicHolidays(site: SiteSpec | undefined): Promise<PublicHolidays> {
  const calendars = site === undefined ? [] : [site, ...Object.values(site.working_calendars)];
  const regions = new Set(calendars.flatMap(({ public_holidays }) => public_holidays ?? []));
  if (regions.size === 0) return new Map();
  const known = await loadPackage();
  return new Map(
    [...regions].map((region) => [region, known === undefined ? 'not_installed' : holidaysOf(region, known)]),
  );
}

type HolidaysClass = typeof Holidays;

async function loadPackage(): Promise<HolidaysClass | undefined> {
  try {
    return (await import('date-holidays')).default;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function holidaysOf(region: string, Known: HolidaysClass): RegionHolidays {
  const [country = '', state, ...rest] = region.split('-');
  const known = new Known();
  const isKnown =
    Object.hasOwn(known.getCountries(), country) &&
    rest.length === 0 &&
    (state === undefined || Object.hasOwn(known.getStates(country) ?? {}, state));
  if (!isKnown) return 'unknown';
  const holidays = state === undefined ? new Known(country) : new Known(country, state);
  const days = new Set<CalendarDate>();
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    for (const { type, date, start, end } of holidays.getHolidays(year)) {
      const first = date.slice(0, 10);
      if (type !== 'public' || !isCalendarDate(first)) continue;
      // A feast of several days is one entry.
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / (HOURS_OF_DAY * MS_OF_HOUR)));
      for (let day = 0; day < length; day++) days.add(addDays(first, day));
    }
  }
  return [...days].sort();
}
