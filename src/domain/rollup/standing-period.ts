import { nextPeriod } from '../period/period.js';
import { addDays } from '../period/period-instants.js';
import type { CalendarDate, Grain, Period } from '../period/types.js';
import type { NoScoreState, Status } from '../score/types.js';
import type { AgeLimit } from './types.js';

/** What is needed of a child's score in one period; a stored score record fits. */
export interface PeriodStanding {
  readonly period: Pick<Period, 'end'>;
  readonly status: Status | NoScoreState;
}

/**
 * The one of a child's periods that its parent sees on a day.
 *
 * The latest period that had ended by then (`end` ≤ `asOf`, since `end` is the first day after it) and is not
 * `not_due` or `not_expected`: nobody is held to a value before it is due, nor where none is to come, so the period
 * before stands. `late` and `missing` do
 * stand, without a score, or a stale figure would hide that one is overdue. The child may have any frequency.
 *
 * @param standings of one child, in any order, at most one a period
 * @param asOf the day itself counts as after the period
 * @returns `undefined` when no period has ended, or none that is due
 */
export function standingPeriod<T extends PeriodStanding>(standings: readonly T[], asOf: CalendarDate): T | undefined {
  let latest: T | undefined;
  for (const standing of standings) {
    const { period, status } = standing;
    if (period.end > asOf || status === 'not_due' || status === 'not_expected') continue;
    if (latest === undefined || period.end > latest.period.end) latest = standing;
  }
  return latest;
}

/**
 * Whether a child's standing period is over its parent's age limit on a day, so that the child counts as without score.
 *
 * Only time since the period itself matters: a restated value is no younger for it.
 *
 * @param asOf the day itself counts as after the period; on its end the age is 0
 */
export function isTooOld(
  period: Period,
  grain: Grain,
  asOf: CalendarDate,
  { maxAgeDays, maxAgePeriods }: AgeLimit,
): boolean {
  if (maxAgeDays !== undefined && addDays(period.end, maxAgeDays) < asOf) return true;
  if (maxAgePeriods === undefined) return false;
  let latestAllowed = period;
  for (let age = 0; age <= maxAgePeriods && latestAllowed.end <= asOf; age++)
    latestAllowed = nextPeriod(latestAllowed, grain);
  return latestAllowed.end <= asOf;
}
