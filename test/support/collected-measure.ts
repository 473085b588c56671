import { type CollectedMeasure, isCollected, type Measure } from '#src/domain/measure/types.js';

/** A measure that a test knows to be made of rows. */
export function collected(measure: Measure | undefined): CollectedMeasure {
  if (measure !== undefined && isCollected(measure)) return measure;
  throw new Error(`${measure?.address ?? 'no measure'} is not made of rows`);
}
