import type { ResolvedConfig } from '#src/config/types.js';
import type { PeriodOutcome } from '#src/domain/alert/conditions.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isPeriodOf } from '#src/domain/period/period.js';
import type { ScoreRecord } from '#src/store/types.js';
import { deadlinesOf } from '../../score/deadlines-of.js';
import type { LatestPull } from './latest-pull.js';
import { isReadToTheEnd } from './read-to-the-end.js';

/** How a measure stood in its periods, the newest first; those whose value may not be final yet count as open. */
export function outcomesOf(
  config: ResolvedConfig,
  measure: Measure,
  scores: ReadonlyMap<string, readonly ScoreRecord[]>,
  read: LatestPull | undefined,
): readonly PeriodOutcome[] {
  return (
    (scores.get(measure.address) ?? [])
      // Periods of another grain are from before the measure was changed: no run of periods goes across.
      .filter(({ period }) => isPeriodOf(period, measure))
      .map(({ period, status, value, target, reason }) => ({
        period,
        closed: value === undefined || isReadToTheEnd(period, measure, read),
        status,
        due: deadlinesOf(period, measure, config.site).due,
        ...(value === undefined ? {} : { value }),
        ...(target === undefined ? {} : { target }),
        ...(reason === undefined ? {} : { reason }),
      }))
      .sort((a, b) => (a.period.start < b.period.start ? 1 : -1))
  );
}
