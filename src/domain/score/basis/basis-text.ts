import { quantityText, seriesOf } from '../quantity.js';
import type { Basis, SeriesBasis } from '../types.js';

/** How a basis is written in configuration; what further keys it takes is not part of it. */
export function basisText(basis: Basis): string {
  if (typeof basis === 'string') return basis;
  return basis.kind === 'progress' || basis.kind === 'expected_progress' ? basis.kind : `${basis.kind}_${basis.series}`;
}

/** A basis in words, to stand after "on". */
export function basisWords(basis: Basis): string {
  if (basis === 'value') return 'the value itself';
  if (basis === 'score') return 'the score';
  if (basis === 'status') return 'the status';
  if (basis === 'percent_of_target') return 'percent of target';
  if (basis === 'distance_from_target') return 'the distance from the target';
  switch (basis.kind) {
    case 'progress':
      return `the progress from ${quantityText(basis.from)} to ${quantityText(basis.to)}`;
    case 'expected_progress': {
      const how = basis.growth === 'compound' ? ', by compound growth' : '';
      const way = `${quantityText(basis.from)} to ${quantityText(basis.to)}`;
      return `progress against the one expected from ${way}, from ${basis.start} to before ${basis.end}${how}`;
    }
    default:
      return `${SERIES_WORDS[basis.kind]} ${basis.series}`;
  }
}

const SERIES_WORDS: Readonly<Record<SeriesBasis['kind'], string>> = {
  percent_of: 'percent of the',
  distance_from: 'the distance from the',
  distance_percent_of: 'the distance in percent of the',
  variance_from: 'the variance from the',
  variance_percent_of: 'the variance in percent of the',
};

/** Whether two bases are the same. */
export function isSameBasis(a: Basis, b: Basis): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

/** The series a basis is made of. */
export function seriesOfBasis(basis: Basis): readonly string[] {
  if (basis === 'percent_of_target' || basis === 'distance_from_target') return ['target'];
  if (typeof basis === 'string') return [];
  return 'series' in basis ? [basis.series] : [...seriesOf(basis.from), ...seriesOf(basis.to)];
}
