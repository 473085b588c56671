import type { Measure } from '../measure/types.js';
import { labelAt } from '../measure/value-text.js';
import { decimal, roundTo } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';

/** Decimals of a target that somebody may have written; more come of a computation. */
const WRITTEN_PLACES = 4;

/**
 * Places that a number of a target is shown with beside a value: those of the measure for one that was computed, such as
 * a step of a straight line, and its own for one that can have been written.
 */
export function shownPlaces(number: DecimalText, decimals: number): number {
  const own = number.split('.')[1]?.length ?? 0;
  return own > WRITTEN_PLACES ? decimals : own;
}

/** A stored target, `85` or `72..82`, as it is shown beside a value: rounded half-even where it was computed, or by its word. */
export function shownTarget(target: string, { decimals, labels }: Pick<Measure, 'decimals' | 'labels'>): string {
  const words = targetLabels(target, labels);
  if (words !== undefined) return words.join('..');
  const shown = (side: string): string => {
    const places = shownPlaces(side, decimals);
    return decimal(roundTo(side, places)).toFixed(places);
  };
  return target.split('..').map(shown).join('..');
}

/** The words that a stored target of an ordinal stands for, of a range two; `undefined` where a side has none. */
export function targetLabels(target: string, labels: readonly string[] | undefined): readonly string[] | undefined {
  const words = target.split('..').map((side) => labelAt(side, labels));
  return words.every((word) => word !== undefined) ? words : undefined;
}
