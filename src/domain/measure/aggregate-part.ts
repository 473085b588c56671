import type { CalendarDate } from '../period/types.js';
import type { DecimalText } from '../value/types.js';
import type { RowTally } from './fold.js';

/**
 * What some rows of a period made of one aggregation, before all of them are put together: the parts of two sets of rows
 * add up to the part of both.
 *
 * For `sum` and `avg` there is `sum`; for `count` nothing but the tally; for `ratio` both sides, for `weighted_avg` the sums
 * of products and of weights as sides; for `min` and `max` the `extreme`. The other kinds have no part: they need the rows.
 */
export interface AggregatePart {
  /** Every row of the part is one of these. */
  readonly tally: RowTally;
  /** Exact sum of the column over the used rows. */
  readonly sum?: DecimalText;
  readonly numerator?: SidePart;
  readonly denominator?: SidePart;
  /** Least or greatest cell of the used rows; absent where there are none. */
  readonly extreme?: DecimalText;
  /** Day of the newest row, used or not; absent when there is none. */
  readonly newest?: CalendarDate;
}

/** One side of a ratio, over the rows that passed the measure's own filter. */
export interface SidePart {
  readonly tally: RowTally;
  /** For a side that sums. */
  readonly sum?: DecimalText;
}
