import type { Measure } from '../measure/types.js';
import { seriesOfBasis } from './basis/basis-text.js';
import { seriesOf } from './quantity.js';
import type { Band, ScoreMap, ScoreRule } from './types.js';

/** Names of the series that a measure cannot be scored without, each once: those its bands name, then those of its maps. */
export function seriesOfScoring({ bands, scoreMap }: Pick<Measure, 'bands' | 'scoreMap'>): readonly string[] {
  return [...new Set([...seriesOfBands(bands), ...seriesOfRule(scoreMap)])];
}

/** Names of the series that bands are made of. */
export function seriesOfBands(bands: readonly Band[]): readonly string[] {
  return bands.flatMap(({ basis, limit, also }) => [
    ...seriesOfBasis(basis),
    ...seriesOf(limit ?? '0'),
    ...seriesOf(also?.limit ?? '0'),
  ]);
}

/** Names of the series that score maps are made of. */
export function seriesOfRule(rule: ScoreRule | undefined): readonly string[] {
  return mapsOf(rule).flatMap(({ basis, knots }) => [
    ...seriesOfBasis(basis),
    ...knots.flatMap(({ at }) => seriesOf(at)),
  ]);
}

/** The maps of a rule: several where the best of them counts. */
export function mapsOf(rule: ScoreRule | undefined): readonly ScoreMap[] {
  if (rule === undefined) return [];
  return 'bestOf' in rule ? rule.bestOf : [rule];
}
