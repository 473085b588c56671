import { type CollectedMeasure, isDerived, type Measure } from './types.js';

/** Measures that one definition makes for many units: they are collected together, in one pass over the source. */
export interface MeasureFamily {
  /** What progress is kept under: the definition's address, or that of the one measure. */
  readonly key: string;
  readonly members: readonly [CollectedMeasure, ...CollectedMeasure[]];
}

/**
 * What the progress of a measure is kept under: that of the definition, where it serves many units. A unit above others,
 * whose values are made of theirs, has a progress of its own: it depends on who is below it.
 */
export function familyKey(measure: Measure): string {
  if (isDerived(measure) && measure.derivation.kind === 'children') return measure.address;
  return measure.template ?? measure.address;
}

/** Measures by their definitions, in the order of the first of each. */
export function familiesOf(measures: readonly CollectedMeasure[]): readonly MeasureFamily[] {
  const families = new Map<string, [CollectedMeasure, ...CollectedMeasure[]]>();
  for (const measure of measures) {
    const key = familyKey(measure);
    const members = families.get(key);
    if (members === undefined) families.set(key, [measure]);
    else members.push(measure);
  }
  return [...families].map(([key, members]) => ({ key, members }));
}
