import { cellAt } from '../../value/columns/column-vector.js';
import type { Accumulator } from './accumulator.js';
import { withRoom } from './growing.js';
import { vectorOf } from './row-block.js';
import { unfitPart } from './sum-of-part.js';

/**
 * Number of different cells of a column of any type; `1.50` is `1.5`, `a` is not `A`. Blank cells are none of them: all blank
 * is no value, nothing left by the filter is 0.
 *
 * Keeps each different cell of a group once, as text. Parts cannot be added, since they may hold the same cells.
 */
export function distinctAccumulator(position: number): Accumulator {
  const seen: (Set<string | boolean> | undefined)[] = [];
  let used = new Float64Array(0);
  let blank = new Float64Array(0);
  return {
    reserve(groups) {
      used = withRoom(used, groups);
      blank = withRoom(blank, groups);
    },
    take(block, { rows, count }, groups) {
      const vector = vectorOf(block, position);
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        const group = groups[row] ?? 0;
        const cell = cellAt(vector, row);
        if (cell === null) {
          blank[group] = (blank[group] ?? 0) + 1;
          continue;
        }
        used[group] = (used[group] ?? 0) + 1;
        const cells = seen[group] ?? new Set();
        seen[group] = cells.add(cell);
      }
    },
    takePart() {
      throw unfitPart('different cells cannot be counted from parts');
    },
    used: (group) => used[group] ?? 0,
    blank: (group) => blank[group] ?? 0,
    result: (group) => {
      const cells = seen[group];
      if (cells !== undefined) return { value: String(cells.size) };
      return (blank[group] ?? 0) > 0 ? { reason: 'all_blank' } : { value: '0' };
    },
  };
}
