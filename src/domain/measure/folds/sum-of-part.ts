import { PlumblineError } from '../../failure/plumbline-error.js';
import type { DecimalText } from '../../value/types.js';
import type { SidePart } from '../aggregate-part.js';

/** The sum of a part; one without used rows need not say that it is 0. */
export function sumOfPart({ tally, sum }: SidePart): DecimalText {
  if (sum !== undefined) return sum;
  if (tally.used === 0) return '0';
  throw unfitPart(`it used ${tally.used} rows and has no sum`);
}

/** A part that does not hold what its aggregation needs. */
export function unfitPart(why: string): PlumblineError {
  return new PlumblineError('defect', 'BUG_UNFIT_PART', `Adding a part that was aggregated elsewhere: ${why}.`, {
    remedy: 'This is a fault of the connector, not of the data: please report it.',
  });
}
