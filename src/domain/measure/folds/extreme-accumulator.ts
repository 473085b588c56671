import { BLANK_PLACES, decimalAt, NARROW_DIGITS, WIDE_PLACES } from '../../value/columns/decimal-vector.js';
import type { DecimalText } from '../../value/types.js';
import { compareDecimalTexts } from '../cell-order.js';
import type { Accumulator } from './accumulator.js';
import { withRoom } from './growing.js';
import { numbersOf } from './row-block.js';
import { unfitPart } from './sum-of-part.js';

/** The best cell so far; units and places of a narrow one, so that cells of the same places compare without texts. */
interface Extreme {
  readonly units: number;
  readonly places: number;
  readonly text: DecimalText;
}

/** The least or the greatest cell of a column; of booleans 1 is the greater. */
export function extremeAccumulator(position: number, which: 'min' | 'max'): Accumulator {
  const sign = which === 'max' ? 1 : -1;
  const best: (Extreme | undefined)[] = [];
  let used = new Float64Array(0);
  let blank = new Float64Array(0);
  return {
    reserve(groups) {
      used = withRoom(used, groups);
      blank = withRoom(blank, groups);
    },
    take(block, { rows, count }, groups) {
      const decimals = numbersOf(block, position);
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        const group = groups[row] ?? 0;
        const places = decimals.places[row] ?? BLANK_PLACES;
        if (places === BLANK_PLACES) {
          blank[group] = (blank[group] ?? 0) + 1;
          continue;
        }
        used[group] = (used[group] ?? 0) + 1;
        const units = decimals.units[row] ?? 0;
        const known = best[group];
        if (known !== undefined && known.places === places && places <= NARROW_DIGITS) {
          if (sign * (units - known.units) <= 0) continue;
        } else if (
          known !== undefined &&
          sign * compareDecimalTexts(decimalAt(decimals, row) ?? '0', known.text) <= 0
        ) {
          continue;
        }
        best[group] = { units, places, text: decimalAt(decimals, row) ?? '0' };
      }
    },
    takePart(group, { tally, extreme }) {
      used[group] = (used[group] ?? 0) + tally.used;
      blank[group] = (blank[group] ?? 0) + tally.blank;
      if (tally.used === 0) return;
      if (extreme === undefined) throw unfitPart(`it used ${tally.used} rows and has no ${which}`);
      const known = best[group];
      if (known !== undefined && sign * compareDecimalTexts(extreme, known.text) <= 0) return;
      best[group] = { units: 0, places: WIDE_PLACES, text: extreme };
    },
    used: (group) => used[group] ?? 0,
    blank: (group) => blank[group] ?? 0,
    result: (group) => {
      const found = best[group];
      if (found !== undefined) return { value: found.text };
      return { reason: (blank[group] ?? 0) > 0 ? 'all_blank' : 'no_rows' };
    },
  };
}
