import { BLANK_PLACES } from '../../value/columns/decimal-vector.js';
import { canonical, decimal, divide } from '../../value/decimal.js';
import type { DecimalText } from '../../value/types.js';
import type { SidePart } from '../aggregate-part.js';
import type { Term } from '../types.js';
import type { Accumulator } from './accumulator.js';
import type { ColumnAccess } from './column-access.js';
import { countAccumulator } from './count-accumulator.js';
import { columnSums } from './exact-sums.js';
import { withRoom } from './growing.js';
import { decimalsOf, type RowBlock, type RowSelection } from './row-block.js';
import { createRowSieve } from './row-sieve.js';
import { sumOfPart, unfitPart } from './sum-of-part.js';

/** What a row was to the sides, as bits. */
const USED = 1;
const BLANK = 2;

const NO_ROWS: RowSelection = { rows: new Int32Array(0), count: 0 };

/**
 * Ratio of sums: the numerator over all rows divided by the denominator over all rows. Never a mean of ratios.
 *
 * A row is used when it entered at least one side; blank when it entered none and a cell it was asked for was blank.
 * A side all of whose cells are blank leaves the ratio without a value. A side that no row belongs to is 0; a
 * denominator of 0 gives no value.
 */
export function ratioAccumulator(numerator: Term, denominator: Term, access: ColumnAccess): Accumulator {
  const upper = side(numerator, access);
  const lower = side(denominator, access);
  let used = new Float64Array(0);
  let blank = new Float64Array(0);
  let uses = new Uint8Array(0);
  return {
    reserve(groups) {
      upper.reserve(groups);
      lower.reserve(groups);
      used = withRoom(used, groups);
      blank = withRoom(blank, groups);
    },
    take(block, selection, groups) {
      const { rows, count } = selection;
      const upperHasAll = upper.take(block, selection, groups);
      const lowerHasAll = lower.take(block, selection, groups);
      if (upperHasAll || lowerHasAll) {
        for (let index = 0; index < count; index++) {
          const group = groups[rows[index] ?? 0] ?? 0;
          used[group] = (used[group] ?? 0) + 1;
        }
        return;
      }
      if (uses.length < groups.length) uses = new Uint8Array(groups.length);
      upper.mark(block, uses);
      lower.mark(block, uses);
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        const use = uses[row] ?? 0;
        uses[row] = 0;
        if (use === 0) continue;
        const group = groups[row] ?? 0;
        if ((use & USED) !== 0) used[group] = (used[group] ?? 0) + 1;
        else blank[group] = (blank[group] ?? 0) + 1;
      }
    },
    takePart(group, part) {
      upper.takePart(group, part.numerator);
      lower.takePart(group, part.denominator);
      used[group] = (used[group] ?? 0) + part.tally.used;
      blank[group] = (blank[group] ?? 0) + part.tally.blank;
    },
    used: (group) => used[group] ?? 0,
    blank: (group) => blank[group] ?? 0,
    result: (group) => {
      const over = upper.total(group);
      const under = lower.total(group);
      if (over === undefined || under === undefined) return { reason: 'all_blank' };
      const sides = { numerator: over, denominator: under };
      if (under === '0') return { reason: 'zero_denominator', ...sides };
      return { value: canonical(divide(decimal(over), decimal(under))), ...sides };
    },
  };
}

interface Side {
  reserve(groups: number): void;
  /** @returns whether every row of the selection was used, as it mostly is: then it need not be asked of each */
  take(block: RowBlock, selection: RowSelection, groups: Int32Array): boolean;
  /** Of the rows taken last, sets the bits of each that belongs to this side. */
  mark(block: RowBlock, uses: Uint8Array): void;
  takePart(group: number, part: SidePart | undefined): void;
  /** `undefined` when rows belong to this side but all their cells are blank. */
  total(group: number): DecimalText | undefined;
}

function side(term: Term, access: ColumnAccess): Side {
  const belonging = createRowSieve(term.where, access);
  return term.kind === 'count' ? countSide(belonging) : sumSide(access.find(term.column).position, belonging);
}

function countSide(belonging: ReturnType<typeof createRowSieve>): Side {
  const counts = countAccumulator();
  let own: RowSelection = NO_ROWS;
  return {
    reserve: counts.reserve,
    take(block, selection, groups) {
      own = belonging(block, selection);
      counts.take(block, own, groups);
      return own.count === selection.count;
    },
    mark(_block, uses) {
      for (let index = 0; index < own.count; index++) {
        const row = own.rows[index] ?? 0;
        uses[row] = USED;
      }
    },
    takePart(group, part) {
      if (part === undefined) throw unfitPart('a ratio needs both its sides');
      counts.takePart(group, part);
    },
    total: (group) => String(counts.used(group)),
  };
}

function sumSide(position: number, belonging: ReturnType<typeof createRowSieve>): Side {
  const sums = columnSums(position);
  let own: RowSelection = NO_ROWS;
  return {
    reserve: sums.reserve,
    take(block, selection, groups) {
      own = belonging(block, selection);
      const blanks = sums.take(block, own, groups);
      return blanks === 0 && own.count === selection.count;
    },
    mark(block, uses) {
      const { places } = decimalsOf(block, position);
      for (let index = 0; index < own.count; index++) {
        const row = own.rows[index] ?? 0;
        uses[row] = (uses[row] ?? 0) | (places[row] === BLANK_PLACES ? BLANK : USED);
      }
    },
    takePart(group, part) {
      if (part === undefined) throw unfitPart('a ratio needs both its sides');
      sums.takePart(group, part.tally, sumOfPart(part));
    },
    total: (group) => (sums.used(group) === 0 && sums.blank(group) > 0 ? undefined : sums.total(group)),
  };
}
