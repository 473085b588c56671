import type { Aggregate, Observation } from '../actual/types.js';
import type { CalendarDate } from '../period/types.js';
import type { ColumnSpec, DecimalText } from '../value/types.js';
import type { AggregatePart } from './aggregate-part.js';
import { columnAccess } from './folds/column-access.js';
import { createGroupedAggregator } from './folds/grouped-aggregator.js';
import { createObservationBlock } from './observation-block.js';
import type { Aggregation } from './types.js';

/** Rows put side by side before they are aggregated. */
const ROWS_AT_A_TIME = 256;

/** Gathers the rows of one measure in one period. */
export interface Aggregator {
  add(observation: Observation): void;
  /** Takes in what somebody else made of other rows. A `last` cannot be told from parts: `BUG_UNFIT_PART` (defect). */
  takePart(part: AggregatePart): void;
  /** What the rows so far make. May be asked more than once. */
  result(): Aggregate;
}

/**
 * Starts the aggregation of one period.
 *
 * Exact: sums have no rounding, quotients are half-even at the places of `divide`, then multiplied by `scale`. The
 * order of rows does not matter. Each row is counted once, as used, filtered or blank. A blank value cell is never 0.
 *
 * | rows | sum, count, count_distinct | ratio | all others |
 * | --- | --- | --- | --- |
 * | none at all | `no_rows`, or 0 where `emptyMeansZero` | `no_rows` | `no_rows` |
 * | some, none left by the filter | 0 | `zero_denominator` | `no_rows` |
 * | all value cells left are blank | `all_blank` (count: has no value cell) | `all_blank` | `all_blank` |
 *
 * Of a `cumulative` one period alone has the running total and no value (`cumulative_gap`): see `cumulativeValue`.
 *
 * @param scale multiplies the value; `numerator` and `denominator` stay unscaled
 * @param columns of the extract, in the order of the observations' cells
 * @throws PlumblineError `BUG_UNKNOWN_COLUMN` (defect) when the aggregation names a column the extract has not
 */
export function createAggregator(
  aggregation: Aggregation,
  scale: DecimalText,
  emptyMeansZero: boolean,
  columns: readonly ColumnSpec[],
): Aggregator {
  const aggregator = createGroupedAggregator(aggregation, columnAccess(columns));
  const waiting = createObservationBlock(columns, ROWS_AT_A_TIME);
  const groups = new Int32Array(ROWS_AT_A_TIME);
  let rows = 0;
  let newest: CalendarDate | undefined;

  const take = (): void => {
    aggregator.take(waiting.block, waiting.take(), groups, 1);
  };
  const count = (more: number, day: CalendarDate | undefined): void => {
    rows += more;
    if (day !== undefined && (newest === undefined || day > newest)) newest = day;
  };
  return {
    add(observation) {
      if (waiting.isFull) take();
      waiting.add(observation);
      count(1, observation.date);
    },
    takePart(part) {
      const { used, filtered, blank } = part.tally;
      aggregator.takePart(0, part);
      count(used + filtered + blank, part.newest);
    },
    result() {
      take();
      const all = { rows, ...(newest === undefined ? {} : { newest }) };
      return aggregator.result(0, all, scale, emptyMeansZero);
    },
  };
}
