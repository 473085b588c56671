import { type DayKey, NO_DAY } from '../../value/columns/day-key.js';
import { BLANK_PLACES, decimalAt } from '../../value/columns/decimal-vector.js';
import type { DecimalText } from '../../value/types.js';
import { comparePlaces, compareTexts } from '../cell-order.js';
import type { Accumulator } from './accumulator.js';
import { withRoom } from './growing.js';
import { decimalsOf } from './row-block.js';
import { unfitPart } from './sum-of-part.js';

interface Newest {
  readonly day: DayKey;
  readonly nanos: number;
  readonly locator: string;
  readonly cell: DecimalText;
}

/**
 * The cell of the newest row whose cell is not blank.
 *
 * Of rows with the same time the one that stands last in its source counts, by its locator with numbers read as numbers
 * (line 9 before line 13), so that the order of arrival never decides; should those be equal too, the greater cell by its
 * text. For that it needs the rows: parts are a defect.
 */
export function lastAccumulator(position: number): Accumulator {
  const newest: (Newest | undefined)[] = [];
  let used = new Float64Array(0);
  let blank = new Float64Array(0);
  return {
    reserve(groups) {
      used = withRoom(used, groups);
      blank = withRoom(blank, groups);
    },
    take(block, { rows, count }, groups) {
      const decimals = decimalsOf(block, position);
      const { timeDays, timeNanos } = block;
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        const group = groups[row] ?? 0;
        if (decimals.places[row] === BLANK_PLACES) {
          blank[group] = (blank[group] ?? 0) + 1;
          continue;
        }
        used[group] = (used[group] ?? 0) + 1;
        const day = timeDays[row] ?? NO_DAY;
        const nanos = timeNanos?.[row] ?? 0;
        const known = newest[group];
        const order = known === undefined ? 1 : day - known.day || nanos - known.nanos;
        if (order < 0) continue;
        // Places are texts that are made here: only where the time alone does not decide.
        const candidate = { day, nanos, locator: block.locate(row), cell: decimalAt(decimals, row) ?? '0' };
        if (known === undefined || order > 0 || isLater(candidate, known)) newest[group] = candidate;
      }
    },
    takePart() {
      throw unfitPart('the last of several rows cannot be told from parts');
    },
    used: (group) => used[group] ?? 0,
    blank: (group) => blank[group] ?? 0,
    result: (group) => {
      const found = newest[group];
      if (found !== undefined) return { value: found.cell };
      return { reason: (blank[group] ?? 0) > 0 ? 'all_blank' : 'no_rows' };
    },
  };
}

function isLater(left: Newest, right: Newest): boolean {
  return (comparePlaces(left.locator, right.locator) || compareTexts(left.cell, right.cell)) > 0;
}
