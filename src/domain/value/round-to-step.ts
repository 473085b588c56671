import { type Decimal, decimal, ROUNDING, type RoundingMode } from './decimal.js';
import type { DecimalText } from './types.js';

/** To which multiples a number is rounded, and which way between two of them. */
export interface Rounding {
  readonly mode: RoundingMode;
  /** Above 0: `0.01` gives hundredths, `0.5` halves, `5` fives. */
  readonly step: DecimalText;
}

/** The multiple of the step that a number is rounded to; rounded once, whatever the step. */
export function roundToStep(value: Decimal, { mode, step }: Rounding): Decimal {
  return value.toNearest(decimal(step), ROUNDING[mode]);
}
