import type { Accumulator } from './accumulator.js';
import { withRoom } from './growing.js';

/** Number of rows. Has no value cell, so no row is blank; nothing left by the filter is 0. */
export function countAccumulator(): Accumulator {
  let used = new Float64Array(0);
  return {
    reserve(groups) {
      used = withRoom(used, groups);
    },
    take(_block, { rows, count }, groups) {
      const counts = used;
      for (let index = 0; index < count; index++) {
        const group = groups[rows[index] ?? 0] ?? 0;
        counts[group] = (counts[group] ?? 0) + 1;
      }
    },
    takePart(group, { tally }) {
      used[group] = (used[group] ?? 0) + tally.used;
    },
    used: (group) => used[group] ?? 0,
    blank: () => 0,
    result: (group) => ({ value: String(used[group] ?? 0) }),
  };
}
