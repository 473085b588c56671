import { isPeriodClosed } from '../period/period.js';
import { compareInstants } from '../period/period-instants.js';
import type { Instant, Period } from '../period/types.js';
import type { Deadlines, FreshnessState } from './types.js';

/** What is known of one measure and period at a moment. */
export interface FreshnessQuestion {
  readonly period: Period;
  readonly deadlines: Deadlines;
  /** Whether the period has a value; one that came late counts like any other. */
  readonly hasActual: boolean;
  /** `false` where no value can be expected in the period, such as on a closed day; absent: one is. */
  readonly isExpected?: boolean;
  readonly now: Instant;
  readonly timeZone: string;
}

/**
 * How a period stands with its deadlines.
 *
 * - `open`: the period is not over, whether or not there is a value so far
 * - `reported`: it is over and has a value, late or not
 * - `not_expected`: it is over, has none, and none was to come
 * - `not_due`, `late`, `missing`: it is over and has none. Exactly on a deadline is still on time.
 */
export function freshness(question: FreshnessQuestion): FreshnessState {
  const { period, deadlines, hasActual, isExpected = true, now, timeZone } = question;
  if (!isPeriodClosed(period, now, timeZone)) return 'open';
  if (hasActual) return 'reported';
  if (!isExpected) return 'not_expected';
  if (compareInstants(now, deadlines.due) <= 0) return 'not_due';
  return compareInstants(now, deadlines.missingFrom) <= 0 ? 'late' : 'missing';
}
