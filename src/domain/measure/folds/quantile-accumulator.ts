import { BLANK_PLACES } from '../../value/columns/decimal-vector.js';
import type { DecimalText } from '../../value/types.js';
import { quantile } from '../quantile.js';
import type { PercentileMethod } from '../types.js';
import type { Accumulator } from './accumulator.js';
import { withRoom } from './growing.js';
import { KeptDecimals } from './kept-decimals.js';
import { decimalsOf } from './row-block.js';
import { unfitPart } from './sum-of-part.js';

/**
 * A percentile of a column, see `quantile`.
 *
 * Keeps every cell that is not blank, nine bytes each (more for those of over 15 digits). The median of two parts is not in
 * them: parts are a defect.
 */
export function quantileAccumulator(position: number, p: DecimalText, method: PercentileMethod): Accumulator {
  const kept: (KeptDecimals | undefined)[] = [];
  let blank = new Float64Array(0);
  return {
    reserve(groups) {
      blank = withRoom(blank, groups);
    },
    take(block, { rows, count }, groups) {
      const decimals = decimalsOf(block, position);
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        const group = groups[row] ?? 0;
        if (decimals.places[row] === BLANK_PLACES) {
          blank[group] = (blank[group] ?? 0) + 1;
          continue;
        }
        const cells = kept[group] ?? new KeptDecimals();
        kept[group] = cells;
        cells.add(decimals, row);
      }
    },
    takePart() {
      throw unfitPart('a percentile cannot be told from parts');
    },
    used: (group) => kept[group]?.length ?? 0,
    blank: (group) => blank[group] ?? 0,
    result: (group) => {
      const cells = kept[group];
      if (cells === undefined) return { reason: (blank[group] ?? 0) > 0 ? 'all_blank' : 'no_rows' };
      const value = quantile(cells.sorted(), cells.length, p, method);
      return value === undefined ? { reason: 'percentile_out_of_range' } : { value };
    },
  };
}
