import type { Aggregate } from '../actual/types.js';
import { periodContaining } from '../period/period.js';
import { addDays } from '../period/period-instants.js';
import type { Period, PeriodCalendar } from '../period/types.js';
import { canonical, decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { CumulativeReset } from './types.js';

/** A running total at the end of a period, and what is needed to make a value of it. */
export interface CumulativeQuestion {
  readonly period: Period;
  /** What the rows of the period made: the running total in `cumulative`. */
  readonly aggregate: Aggregate;
  /** The same of the period right before; absent where it has no rows. */
  readonly previous: Aggregate | undefined;
  readonly resets: CumulativeReset;
  /** Whose years, quarters and months the total starts anew with; absent: those of the standard calendar. */
  readonly calendar: PeriodCalendar | undefined;
  readonly scale: DecimalText;
}

/**
 * The value of a period out of running totals: the last one of the period less the last one of the period before, or the
 * total itself in the first period after a reset.
 *
 * Never a guess: `cumulative_gap` where the period before has no total, `cumulative_drop` where it fell although it does not
 * start anew, `cumulative_reset_inside` where it starts anew inside the period (a week that begins in the old year). Both
 * totals are kept beside the value, unscaled.
 */
export function cumulativeValue(question: CumulativeQuestion): Aggregate {
  const { aggregate, previous, scale } = question;
  const { value: _none, reason: _gap, ...own } = aggregate;
  const { cumulative } = aggregate;
  if (cumulative === undefined) return aggregate;
  const start = startOfTotal(question);
  if (start === 'inside') return { reason: 'cumulative_reset_inside', ...own };
  if (start === 'here') return { value: canonical(decimal(cumulative).times(scale)), ...own };
  const previousCumulative = previous?.cumulative;
  if (previousCumulative === undefined) return { reason: 'cumulative_gap', ...own };
  const difference = decimal(cumulative).minus(previousCumulative);
  if (difference.isNegative()) return { reason: 'cumulative_drop', ...own, previousCumulative };
  return { value: canonical(difference.times(scale)), ...own, previousCumulative };
}

/** Where the running total that a period ends with began. */
function startOfTotal({ period, resets, calendar }: CumulativeQuestion): 'here' | 'inside' | 'before' {
  if (resets === 'never') return 'before';
  const { start, end } = period;
  // A list has periods of one frequency only: what it leaves open is as in the standard calendar.
  const grain = calendar === undefined || calendar.kind === 'list' ? resets : { frequency: resets, calendar };
  const began = periodContaining(addDays(end, -1), grain).start;
  if (began === start) return 'here';
  return began > start ? 'inside' : 'before';
}
