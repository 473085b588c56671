import type { Measure } from '../measure/types.js';
import type { Series } from './types.js';

/** Name of the series that a measure is scored against. */
export const TARGET = 'target';

/** All series of a measure, the versions of its target among them. */
export function targetSeries({ targets, series = [] }: Pick<Measure, 'targets' | 'series'>): readonly Series[] {
  if (targets.length === 0) return series;
  return [{ name: TARGET, source: { kind: 'versions', versions: targets } }, ...series];
}
