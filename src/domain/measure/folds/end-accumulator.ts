import { type DayKey, NO_DAY } from '../../value/columns/day-key.js';
import { BLANK_PLACES, decimalAt } from '../../value/columns/decimal-vector.js';
import type { DecimalText } from '../../value/types.js';
import { comparePlaces, compareTexts } from '../cell-order.js';
import type { Accumulator } from './accumulator.js';
import { withRoom } from './growing.js';
import { numbersOf } from './row-block.js';
import { unfitPart } from './sum-of-part.js';

interface Candidate {
  readonly day: DayKey;
  readonly nanos: number;
  readonly locator: string;
  readonly cell: DecimalText;
}

/**
 * The cell of the oldest or newest row whose cell is not blank.
 *
 * Of rows with the same time the one that stands first or last in its source counts, by its locator with numbers read as
 * numbers (line 9 before line 13), so that the order of arrival never decides; should those be equal too, the lesser or
 * greater cell by its text. For that it needs the rows: parts are a defect.
 */
export function endAccumulator(position: number, end: 'first' | 'last'): Accumulator {
  const sign = end === 'last' ? 1 : -1;
  const outermost: (Candidate | undefined)[] = [];
  let used = new Float64Array(0);
  let blank = new Float64Array(0);
  return {
    reserve(groups) {
      used = withRoom(used, groups);
      blank = withRoom(blank, groups);
    },
    take(block, { rows, count }, groups) {
      const decimals = numbersOf(block, position);
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
        const known = outermost[group];
        const order = known === undefined ? 1 : sign * (day - known.day || nanos - known.nanos);
        if (order < 0) continue;
        // Places are texts that are made here: only where the time alone does not decide.
        const candidate = { day, nanos, locator: block.locate(row), cell: decimalAt(decimals, row) ?? '0' };
        if (known === undefined || order > 0 || sign * placeOrder(candidate, known) > 0) outermost[group] = candidate;
      }
    },
    takePart() {
      throw unfitPart(`the ${end} of several rows cannot be told from parts`);
    },
    used: (group) => used[group] ?? 0,
    blank: (group) => blank[group] ?? 0,
    result: (group) => {
      const found = outermost[group];
      if (found !== undefined) return { value: found.cell };
      return { reason: (blank[group] ?? 0) > 0 ? 'all_blank' : 'no_rows' };
    },
  };
}

function placeOrder(left: Candidate, right: Candidate): number {
  return comparePlaces(left.locator, right.locator) || compareTexts(left.cell, right.cell);
}
