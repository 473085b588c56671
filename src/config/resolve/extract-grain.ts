import { FREQUENCIES } from '#src/domain/period/period.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import { STANDARD } from '../spec/calendars-spec.js';
import type { ExtractSpec } from '../spec/extracts-spec.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { Extract } from '../types.js';
import { calendarOf, calendarsWithin, type SiteCalendars } from './period-calendars.js';

/** What period a row of an extract stands for; nothing where it is of its day. */
export function resolveGrain(
  { grain, snapshot }: ExtractSpec,
  place: Place,
  calendars: SiteCalendars,
  problems: ProblemList,
): Pick<Extract, 'grain'> {
  if (grain === undefined) return {};
  const at = below(place, 'grain');
  if (snapshot !== undefined) {
    const message = 'a snapshot has no grain: its rows are of the day they are read';
    problems.error('CONFIG_SNAPSHOT_SETTING', { ...at, at: 'key' }, message, 'remove grain or snapshot');
  }
  const { frequency, calendar, label } = grain;
  const own = calendarOf(calendar, frequency, below(at, 'calendar'), calendarsWithin(calendars, STANDARD), problems);
  return { grain: { frequency, ...own, label } };
}

/** A value of a week says nothing of its days. */
export function checkGrain(
  { id, frequency }: Pick<MeasureSpec, 'id' | 'frequency'>,
  extract: Extract | undefined,
  place: Place,
  problems: ProblemList,
): void {
  const coarse = extract?.grain?.frequency;
  if (coarse === undefined || FREQUENCIES.indexOf(frequency) >= FREQUENCIES.indexOf(coarse)) return;
  const message = `measure "${id}" is ${frequency}, but a row of its extract "${extract?.id}" is a ${coarse} value: a coarse source never splits`;
  problems.error(
    'CONFIG_COARSE_SOURCE',
    below(place, 'frequency'),
    message,
    `say frequency: ${coarse}, or a coarser one`,
  );
}
