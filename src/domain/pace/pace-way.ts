import type { CollectedMeasure, Measure } from '../measure/types.js';
import { addsUpOverTime } from '../series/series-over.js';
import type { PaceWay } from './types.js';

/** What is known of the rows of an extract: whether they are of the day of their reading, or each of a whole period. */
export interface RowsKnown {
  readonly snapshot?: object;
  readonly grain?: object;
}

/** How the value so far of a measure says what a period will end with; or why it does not, and what would. */
export type PaceReading = { readonly way: PaceWay } | { readonly reason: string; readonly remedy: string };

type Asked = Pick<Measure, 'direction' | 'frequency'> &
  (Pick<CollectedMeasure, 'aggregation'> | Pick<Exclude<Measure, CollectedMeasure>, 'derivation'>);

/** Frequencies of periods so long that a level inside says little of the one at the end. */
const LONG: readonly Measure['frequency'][] = ['quarterly', 'half-yearly', 'yearly'];

/**
 * Whether a pace makes sense, by the aggregation: what adds up over time grows with the days; averages, ratios, medians and first
 * values stand as they are; so does a last value, but over periods longer than a month, in which it is on its way. Of extremes only
 * one that is bad for good stands: a maximum of what should be low, a minimum of what should be high.
 *
 * @see docs/decisions/2026-11-28-open-periods-at-their-pace.md
 */
export function paceWay(measure: Asked, rows: RowsKnown): PaceReading {
  const { direction, frequency } = measure;
  if (direction === 'unscored') return no('it is shown and never judged', 'give it a direction and a target');
  if (!('aggregation' in measure)) {
    return no(
      'it is made of other measures, and how these go on is not known of it',
      'ask for the pace of the measures it is made of',
    );
  }
  if (frequency === 'daily') return no('a day is not read before it is over', 'report less often, or leave pace out');
  if (rows.snapshot !== undefined) {
    return no('a capture of its source says nothing of the days of a period', 'read rows by day, or leave pace out');
  }
  if (rows.grain !== undefined) {
    return no('each row is of a whole period, so the days of it are not known', 'read rows by day, or leave pace out');
  }
  const { kind } = measure.aggregation;
  if (addsUpOverTime(kind)) return { way: 'grows' };
  const standing = 'use a sum, a count, an average or a ratio, or leave pace out';
  if (kind === 'count_distinct') return no('what was counted once does not count again', standing);
  if (kind === 'last' && LONG.includes(frequency)) {
    return no(`the last value so far says little of the one at the end of a ${frequency} period`, 'report it by month');
  }
  if ((kind === 'max' && direction !== 'lower-is-better') || (kind === 'min' && direction !== 'higher-is-better')) {
    return no(`a better day may still change its ${kind === 'max' ? 'maximum' : 'minimum'}`, standing);
  }
  return { way: 'stands' };
}

function no(reason: string, remedy: string): PaceReading {
  return { reason, remedy };
}
