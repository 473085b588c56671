import type { CalendarDate } from '../period/types.js';
import type { DecimalText } from '../value/types.js';
import type { RowTally } from './fold.js';

/**
 * What some rows of a period made of one aggregation, before all of them are put together: the parts of two sets of rows
 * add up to the part of both.
 *
 * For `sum` and `avg` there is `sum`; for `count` nothing but the tally; for `ratio` both sides. `last` has no part: it
 * needs the rows.
 */
export interface AggregatePart {
  /** Every row of the part is one of these. */
  readonly tally: RowTally;
  /** Exact sum of the column over the used rows. */
  readonly sum?: DecimalText;
  readonly numerator?: SidePart;
  readonly denominator?: SidePart;
  /** Day of the newest row, used or not; absent when there is none. */
  readonly newest?: CalendarDate;
}

/** One side of a ratio, over the rows that passed the measure's own filter. */
export interface SidePart {
  readonly tally: RowTally;
  /** For a side that sums. */
  readonly sum?: DecimalText;
}
