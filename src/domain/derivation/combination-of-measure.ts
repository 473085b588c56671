import { isCollected, type Measure } from '../measure/types.js';
import { combinationOf } from '../window/combine.js';
import type { Combination } from '../window/types.js';

/**
 * How the periods of a measure become one: a window that ends later says all that one before it said; one that is only lifted
 * goes on as it was lifted. Values of a formula cannot be put together.
 *
 * @param measureOf the measure at an address; of one that is not there nothing is known
 */
export function combinationOfMeasure(
  measure: Measure,
  measureOf: (address: string) => Measure | undefined,
): Combination {
  if (isCollected(measure)) return combinationOf(measure.aggregation.kind);
  const { derivation } = measure;
  switch (derivation.kind) {
    case 'formula':
      return 'none';
    case 'window': {
      const { over, combine, measure: address } = derivation.input;
      if (over !== undefined) return 'last';
      const lifted = address === undefined ? undefined : measureOf(address);
      return combine ?? (lifted === undefined ? 'none' : combinationOfMeasure(lifted, measureOf));
    }
    case 'children':
      return derivation.combine;
  }
}
