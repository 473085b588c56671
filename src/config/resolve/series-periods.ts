import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Grain, Period } from '#src/domain/period/types.js';
import { coarserThan, periodNamed } from '#src/domain/series/series-calendar.js';
import type { Place, ProblemList } from '../problem-list.js';

/** How a period may stand to those of the measure. */
export type PeriodRole = 'own' | 'coarser';

/** The period that a key or value names; told as a problem where there is none, or it is of another grain. */
export function namedPeriod(
  id: string,
  roles: readonly PeriodRole[],
  grain: Grain,
  place: Place,
  problems: ProblemList,
): Period | undefined {
  const { frequency } = grain;
  const at: Place = { ...place, at: place.at ?? 'key' };
  const period = readPeriod(id, grain, at, problems);
  if (period === undefined) return undefined;
  const allowed = [
    ...(roles.includes('own') ? [frequency] : []),
    ...(roles.includes('coarser') ? coarserThan({ frequency }) : []),
  ];
  if (allowed.includes(period.frequency)) return period;
  const message = `"${id}" is a ${period.frequency} period, and the measure is ${frequency}`;
  const remedy =
    allowed.length === 0 ? `a ${frequency} period holds no other` : `name periods that are ${allowed.join(', ')}`;
  problems.error('CONFIG_SERIES_PERIOD', at, message, remedy);
  return undefined;
}

/** The period of the calendar or the standard one that an id names; told as a problem where there is none. */
export function readPeriod(id: string, grain: Grain, place: Place, problems: ProblemList): Period | undefined {
  try {
    return periodNamed(id, grain);
  } catch (error) {
    if (!(error instanceof PlumblineError) || error.kind !== 'config') throw error;
    problems.error('CONFIG_BAD_PERIOD', place, error.message, error.remedy ?? 'write a period that exists');
    return undefined;
  }
}
