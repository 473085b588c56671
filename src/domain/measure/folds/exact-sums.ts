import { NARROW_DIGITS, WIDE_PLACES, wideAt } from '../../value/columns/decimal-vector.js';
import type { DecimalText } from '../../value/types.js';
import { ExactSum } from '../exact-sum.js';
import type { RowTally } from '../fold.js';
import { withRoom } from './growing.js';
import { decimalsOf, type RowBlock, type RowSelection } from './row-block.js';

/** Sums of a group: one for each number of decimal places. */
const SLOTS = NARROW_DIGITS + 1;

/** What a column adds up to in each group, and how many cells it had. */
export interface ColumnSums {
  reserve(groups: number): void;
  /** @returns how many of the cells were blank */
  take(block: RowBlock, selection: RowSelection, groups: Int32Array): number;
  takePart(group: number, tally: RowTally, sum: DecimalText): void;
  used(group: number): number;
  blank(group: number): number;
  /** Exact, canonical; `0` of nothing. */
  total(group: number): DecimalText;
}

/**
 * Adds a column exactly, whatever the number and size of its cells.
 *
 * Narrow cells are added as doubles that hold whole numbers: as long as a sum stays within 2^53 it is exact, and before
 * one passes that it moves to whole numbers of any size, where wide cells go at once.
 */
export function columnSums(position: number): ColumnSums {
  let narrow = new Float64Array(0);
  let usedRows = new Float64Array(0);
  let blankRows = new Float64Array(0);
  const carried: (ExactSum | undefined)[] = [];
  const carriedOf = (group: number): ExactSum => {
    const sum = carried[group] ?? new ExactSum();
    carried[group] = sum;
    return sum;
  };
  return {
    reserve(groups) {
      narrow = withRoom(narrow, groups * SLOTS);
      usedRows = withRoom(usedRows, groups);
      blankRows = withRoom(blankRows, groups);
    },
    take(block, { rows, count }, groups) {
      const decimals = decimalsOf(block, position);
      const { units, places } = decimals;
      const [sums, used, blank] = [narrow, usedRows, blankRows];
      let blanks = 0;
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        const group = groups[row] ?? 0;
        const place = places[row] ?? 0;
        if (place < SLOTS) {
          const slot = group * SLOTS + place;
          const before = sums[slot] ?? 0;
          const unit = units[row] ?? 0;
          const after = before + unit;
          if (after <= Number.MAX_SAFE_INTEGER && after >= Number.MIN_SAFE_INTEGER) {
            sums[slot] = after;
          } else {
            carriedOf(group).addUnits(BigInt(before), place);
            sums[slot] = unit;
          }
        } else if (place === WIDE_PLACES) {
          carriedOf(group).add(wideAt(decimals, row));
        } else {
          blank[group] = (blank[group] ?? 0) + 1;
          blanks += 1;
          continue;
        }
        used[group] = (used[group] ?? 0) + 1;
      }
      return blanks;
    },
    takePart(group, tally, sum) {
      usedRows[group] = (usedRows[group] ?? 0) + tally.used;
      blankRows[group] = (blankRows[group] ?? 0) + tally.blank;
      carriedOf(group).add(sum);
    },
    used: (group) => usedRows[group] ?? 0,
    blank: (group) => blankRows[group] ?? 0,
    total(group) {
      const sum = carriedOf(group);
      for (let place = 0; place < SLOTS; place++) {
        const slot = group * SLOTS + place;
        const units = narrow[slot] ?? 0;
        if (units !== 0) sum.addUnits(BigInt(units), place);
        narrow[slot] = 0;
      }
      return sum.total();
    },
  };
}
