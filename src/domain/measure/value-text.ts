import { withUnit } from '../target/target-in-force.js';
import { decimal, roundTo } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { Measure } from './types.js';

/**
 * A value as people read it: `78.4 %`, `12 days`, with the measure's decimals and unit; of an ordinal its word: `AA-`.
 *
 * Rounded half-even, for show only; stored and scored values keep all their places.
 */
export function valueText(value: DecimalText, measure: Pick<Measure, 'unit' | 'decimals' | 'labels'>): string {
  return (
    labelAt(value, measure.labels) ??
    withUnit(decimal(roundTo(value, measure.decimals)).toFixed(measure.decimals), measure.unit)
  );
}

/** The word that a value of an ordinal stands for; `undefined` where there are no words, or none has that place. */
export function labelAt(value: DecimalText, labels: readonly string[] | undefined): string | undefined {
  return labels?.find((_, index) => String(index + 1) === value);
}
