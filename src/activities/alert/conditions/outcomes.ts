import type { ResolvedConfig } from '#src/config/types.js';
import type { PeriodOutcome } from '#src/domain/alert/standing.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isPeriodOf } from '#src/domain/period/period.js';
import type { ScoreRecord } from '#src/store/types.js';
import { deadlinesOf } from '../../score/deadlines-of.js';
import type { SaidOf } from '../../score/said-by-sources.js';
import type { IsReadToTheEnd } from './read-to-the-end.js';

/** How a measure stood in its periods, the newest first; those whose value may not be final yet count as open. */
export function outcomesOf(
  { config, saidOf }: { readonly config: ResolvedConfig; readonly saidOf: SaidOf },
  measure: Measure,
  scores: ReadonlyMap<string, readonly ScoreRecord[]>,
  isReadToTheEnd: IsReadToTheEnd,
): readonly PeriodOutcome[] {
  // What was read to the end of a period was read to the end of those before it.
  let isFinal = false;
  return (
    (scores.get(measure.address) ?? [])
      // Periods of another grain are from before the measure was changed: no run of periods goes across.
      .filter(({ period }) => isPeriodOf(period, measure))
      .toSorted((a, b) => (a.period.start < b.period.start ? 1 : -1))
      .map(({ period, status, value, target, reason }) => {
        if (value !== undefined) isFinal ||= isReadToTheEnd(period, measure);
        return {
          period,
          closed: value === undefined || isFinal,
          status,
          due: deadlinesOf(period, measure, config.site, saidOf).due,
          ...(value === undefined ? {} : { value }),
          ...(target === undefined ? {} : { target }),
          ...(reason === undefined ? {} : { reason }),
        };
      })
  );
}
