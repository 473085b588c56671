import type { Direction } from '../measure/types.js';
import type { CalendarDate, Grain, Period, WorkingCalendar } from '../period/types.js';
import type { Target } from '../target/types.js';
import type { DecimalText } from '../value/types.js';

/**
 * What a series may look at beside its own definition.
 *
 * One context is of one measure (and unit) at one moment: its answers must not change while it lives, since what
 * generators make of them is kept with it.
 */
export interface SeriesContext {
  /** Of the measure. */
  readonly grain: Grain;
  readonly direction: Direction;
  readonly workingCalendar: WorkingCalendar;
  /** The value of the measure itself in a period; `undefined` where it has none. */
  own(period: Period): DecimalText | undefined;
  /** The value collected for a series in this very period. */
  collected(name: string, period: Period): DecimalText | undefined;
  /** The newest value collected for a series in a period of any grain that starts before this one does. */
  collectedBefore(name: string, period: Period): DecimalText | undefined;
  /** A number of the unit that the measure is scored for. */
  attribute(name: string): DecimalText | undefined;
  /**
   * First day without data, in a period that is not over: what is asked for is then the part of the value that falls
   * to the days before. Only for measures whose values add up over time; a rate has no part.
   */
  readonly soFar?: CalendarDate;
}

/** The value of a series in a period, with the rule it comes from in words; or why there is none. */
export type SeriesReading =
  | { readonly ok: true; readonly target: Target; readonly from?: string }
  | {
      readonly ok: false;
      readonly reason: string;
      /** But for versions, of which none is in force: the series with what it lacks: `the baseline has no value: 2025-10 has none`. */
      readonly lacking?: string;
    };
