import type { Accumulator } from './accumulator.js';
import { endAccumulator } from './end-accumulator.js';

/**
 * The running total that a period ends with: the cell of its newest row. By itself that is no value, see
 * `cumulativeValue`, which knows the period before.
 */
export function cumulativeAccumulator(position: number): Accumulator {
  const last = endAccumulator(position, 'last');
  return {
    ...last,
    result: (group) => {
      const { value, ...rest } = last.result(group);
      return value === undefined ? rest : { reason: 'cumulative_gap', cumulative: value };
    },
  };
}
