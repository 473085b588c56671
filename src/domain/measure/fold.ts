import type { Aggregate } from '../actual/types.js';

/** What a row was to an aggregation. Every row is exactly one of these. */
export type RowUse = 'used' | 'filtered' | 'blank';

/** How many rows were what. */
export type RowTally = Readonly<Record<RowUse, number>>;

/** A value before scaling, or why there is none. */
export type FoldResult = Pick<Aggregate, 'value' | 'reason' | 'numerator' | 'denominator' | 'cumulative'>;
