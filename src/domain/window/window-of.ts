import { FREQUENCIES } from '../period/period.js';
import type { Frequency, Period } from '../period/types.js';
import { before, type Grain, home } from './grain-periods.js';
import type { WindowRule } from './types.js';

/** The periods that to-date windows begin with. */
export const SPAN: Readonly<Record<Exclude<WindowRule['kind'], 'rolling'>, Frequency>> = {
  month_to_date: 'monthly',
  quarter_to_date: 'quarterly',
  half_to_date: 'half-yearly',
  year_to_date: 'yearly',
};

/**
 * The periods of a window that ends with `period`, the earliest first.
 *
 * To-date windows begin with the first period that belongs to the same month, quarter, half or year of the grain's
 * calendar, a week where its Thursday lies. A grain that is not finer than the span gives the period alone. Rolling
 * windows have `periods` periods; fewer only where the calendar begins.
 */
export function windowOf(period: Period, rule: WindowRule, grain: Grain): readonly Period[] {
  const periods = [period];
  const span = rule.kind === 'rolling' ? undefined : { ...grain, frequency: SPAN[rule.kind] };
  const within = span && home(period, span).id;
  for (;;) {
    if (rule.kind === 'rolling' && periods.length >= rule.periods) break;
    const [earliest] = periods;
    const previous = earliest && before(earliest, grain);
    if (previous === undefined || (span !== undefined && home(previous, span).id !== within)) break;
    periods.unshift(previous);
  }
  return periods;
}

/** Whether periods of a frequency are finer than the span of a to-date window, so that it can hold several. */
export function isFinerThan(frequency: Frequency, kind: Exclude<WindowRule['kind'], 'rolling'>): boolean {
  return FREQUENCIES.indexOf(frequency) < FREQUENCIES.indexOf(SPAN[kind]);
}
