import { readQuantity, seriesOf } from '#src/domain/score/quantity.js';
import type { Quantity } from '#src/domain/score/types.js';
import type { Place } from '../../problem-list.js';
import { remedyForName } from '../../spec/closest-name.js';
import type { ScoringContext } from './known.js';

/** A quantity of a score; `undefined` when it cannot be read. */
export function resolveQuantity(text: string, place: Place, context: ScoringContext): Quantity | undefined {
  const reading = readQuantity(text, context.labels);
  if (!reading.ok) {
    context.problems.error('CONFIG_BAD_SCORE', place, reading.message, reading.remedy);
    return undefined;
  }
  checkSeries(seriesOf(reading.quantity), place, context);
  return reading.quantity;
}

/** Tells of names that are no series of the measure, as far as those are known. A target is always one. */
export function checkSeries(names: readonly string[], place: Place, { series, problems }: ScoringContext): void {
  if (series === undefined) return;
  for (const name of new Set(names)) {
    if (name === 'target' || series.has(name)) continue;
    const remedy = remedyForName(name, new Set([...series, 'target']), 'add it to the series of the measure');
    problems.error('CONFIG_UNKNOWN_SERIES', place, `the measure has no series "${name}"`, remedy);
  }
}
