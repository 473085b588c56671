import type { CalendarDate } from '../period/types.js';
import type { DecimalText } from '../value/types.js';

/** What a measure is held to from a day on: one value, or a range for `in-band` measures. */
export type Target =
  | { readonly kind: 'value'; readonly value: DecimalText }
  | { readonly kind: 'range'; readonly low: DecimalText; readonly high: DecimalText };

/** A target in force for every period that starts on `from` or later, until the next version or until it expires. */
export interface TargetVersion {
  readonly from: CalendarDate;
  /** First day on which it holds no more; absent: it does not expire. */
  readonly until?: CalendarDate;
  readonly target: Target;
}
