import { wayOf } from '#src/domain/score/basis/progress.js';
import { mapsOf } from '#src/domain/score/series-of-scoring.js';
import type { Basis } from '#src/domain/score/types.js';
import { targetSeries } from '#src/domain/series/target-series.js';
import type { Series } from '#src/domain/series/types.js';
import { targetInForce } from '#src/domain/target/target-in-force.js';
import type { Place, ProblemList } from '../../problem-list.js';
import type { Scoring } from '../scoring.js';
import type { ScoredDirection } from './known.js';

/**
 * Warns of progress whose baseline is better than its goal, as far as dated versions of both show it: the periods of
 * that time have no score. Told once, of the first day on which it is so.
 */
export function warnOfWaysAgainst(
  direction: ScoredDirection,
  scoring: Scoring & { readonly series?: readonly Series[] },
  place: Place,
  problems: ProblemList,
): void {
  const versions = new Map(
    targetSeries(scoring).flatMap(({ name, source }) => (source.kind === 'versions' ? [[name, source.versions]] : [])),
  );
  const days = [...new Set([...versions.values()].flat().map(({ from }) => from))].sort();
  const ways = [...scoring.bands, ...mapsOf(scoring.scoreMap)].map(({ basis }) => basis).filter(isWay);
  for (const day of days) {
    for (const basis of ways) {
      const series = (name: string) => targetInForce(versions.get(name) ?? [], { start: day });
      const way = wayOf(basis, { direction, series, period: { start: day, end: day } });
      if (way.ok || way.status !== 'insufficient_data') continue;
      const message = `periods from ${day} on will have no score: ${way.reason}`;
      problems.warn('CONFIG_SCORE_DIRECTION', place, message, 'check the two ends of the progress, and direction');
      return;
    }
  }
}

function isWay(basis: Basis): basis is Extract<Basis, { readonly kind: 'progress' | 'expected_progress' }> {
  return typeof basis === 'object' && 'from' in basis;
}
