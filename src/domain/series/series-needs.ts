import type { Series } from './types.js';

/** What series depend on beside their definitions: when it changes, their values do. */
export interface SeriesNeeds {
  /** Values of the measure itself in other periods. */
  readonly own: boolean;
  /** Names of the series that are collected. */
  readonly collected: readonly string[];
  /** Names of attributes of the unit. */
  readonly attributes: readonly string[];
}

/** What the given series look at, all of them together. */
export function seriesNeeds(series: readonly Series[]): SeriesNeeds {
  return {
    own: series.some(
      ({ source }) =>
        source.kind === 'own' ||
        (source.kind === 'split' && Object.values(source.totals).some(({ shape }) => shape.kind === 'last_year')),
    ),
    collected: series.filter(({ source }) => source.kind === 'collected').map(({ name }) => name),
    attributes: [...new Set(series.flatMap(({ source }) => (source.kind === 'attribute' ? source.name : [])))],
  };
}
