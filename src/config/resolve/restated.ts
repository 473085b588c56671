import { hasRestatedPeriods } from '#src/domain/period/last-year.js';
import type { Grain } from '#src/domain/period/types.js';
import type { Place, ProblemList } from '../problem-list.js';
import { nameOf } from '../spec/report-issues.js';

/**
 * Tells of `last_year_restated` where it has no meaning: where no year has a 53rd week it is `last_year`, and the
 * restated months of a retail calendar are no months but weeks.
 *
 * @param grain of the measure
 */
export function checkRestated(grain: Grain, place: Place, problems: ProblemList): void {
  if (hasRestatedPeriods(grain)) return;
  const { frequency, calendar } = grain;
  const message = `${nameOf(place)}: last_year_restated is for weeks, and for days of a retail calendar; this measure is ${frequency}`;
  const remedy =
    calendar?.kind === 'retail'
      ? 'compare weeks in a weekly measure, and lift that one to this frequency'
      : calendar?.kind === 'list'
        ? 'use at: previous, or own: with a period; a list of periods has no years'
        : 'write last_year';
  problems.error('CONFIG_RESTATED', place, message, remedy);
}
