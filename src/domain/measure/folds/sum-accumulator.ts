import type { Accumulator } from './accumulator.js';
import { columnSums } from './exact-sums.js';
import { sumOfPart } from './sum-of-part.js';

/** Sum of a column. 0 when there were rows but the filter left none; all blank is no value, since a blank is not 0. */
export function sumAccumulator(position: number): Accumulator {
  const sums = columnSums(position);
  return {
    ...sums,
    takePart: (group, part) => sums.takePart(group, part.tally, sumOfPart(part)),
    result: (group) =>
      sums.used(group) === 0 && sums.blank(group) > 0 ? { reason: 'all_blank' } : { value: sums.total(group) },
  };
}
