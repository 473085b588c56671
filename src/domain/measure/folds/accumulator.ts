import type { AggregatePart } from '../aggregate-part.js';
import type { FoldResult } from '../fold.js';
import type { RowBlock, RowSelection } from './row-block.js';

/**
 * One kind of aggregation for many groups of rows, such as periods, at once. Groups are numbered from 0.
 *
 * Takes only rows that passed the measure's own filter. Outcomes may not depend on the order of rows, nor on how they are
 * cut into blocks.
 */
export interface Accumulator {
  /** Makes room: groups below `groups` may be met from now on. */
  reserve(groups: number): void;
  /** Takes rows in; row `row` belongs to group `groups[row]`. Nothing of the block may be kept. */
  take(block: RowBlock, selection: RowSelection, groups: Int32Array): void;
  /** Takes in what somebody else made of other rows of a group. */
  takePart(group: number, part: AggregatePart): void;
  /** Rows that entered the value. */
  used(group: number): number;
  /** Rows that would have, had their cells not been blank. */
  blank(group: number): number;
  /** The outcome of a group that had a row, the filtered ones counted too. May be asked more than once. */
  result(group: number): FoldResult;
}
