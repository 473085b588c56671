import type { Aggregate, Observation } from '../actual/types.js';
import type { RowFilter } from './types.js';

/** What a row was to an aggregation. Every row is exactly one of these. */
export type RowUse = 'used' | 'filtered' | 'blank';

/** How many rows were what. */
export type RowTally = Readonly<Record<RowUse, number>>;

/** A value before scaling, or why there is none. */
export type FoldResult = Pick<Aggregate, 'value' | 'reason' | 'numerator' | 'denominator'>;

/** One kind of aggregation, over rows that passed the measure's own filter. */
export interface Fold {
  /** Takes a row in. The result may not depend on the order of rows. */
  take(observation: Observation): RowUse;
  /** The outcome when there was a row at all; `tally` also counts the rows that the measure's filter left out. */
  result(tally: RowTally): FoldResult;
}

/** Whether a row belongs. */
export type RowTest = (cells: Observation['cells']) => boolean;

/** What a fold needs to know of the extract. */
export interface RowAccess {
  readonly columnIndex: (name: string) => number;
  readonly rowTest: (filter: RowFilter) => RowTest;
}
