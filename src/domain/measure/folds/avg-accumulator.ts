import { canonical, decimal, divide } from '../../value/decimal.js';
import type { Accumulator } from './accumulator.js';
import { columnSums } from './exact-sums.js';
import { sumOfPart } from './sum-of-part.js';

/** Sum of a column divided by the number of its cells that are not blank. */
export function avgAccumulator(position: number): Accumulator {
  const sums = columnSums(position);
  return {
    ...sums,
    takePart: (group, part) => sums.takePart(group, part.tally, sumOfPart(part)),
    result: (group) => {
      if (sums.used(group) === 0) return { reason: sums.blank(group) > 0 ? 'all_blank' : 'no_rows' };
      const numerator = sums.total(group);
      const denominator = String(sums.used(group));
      return { value: canonical(divide(decimal(numerator), decimal(denominator))), numerator, denominator };
    },
  };
}
