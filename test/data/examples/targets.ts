// Methods that give a period its target: totals split, rates scaled, baselines improved.
import { parsePeriodId } from '#src/domain/period/period.js';
import { seriesAt } from '#src/domain/series/series-at.js';
import { TARGET, targetSeries } from '#src/domain/series/target-series.js';
import { collected, measure, monthly, monthsOf } from './case-site.js';
import type { Method, Outcome } from './method.js';

const count = (length: number): readonly number[] => Array.from({ length }, () => 1);

/** The targets that the stored scores of these periods were made with. */
function storedTargets(
  lines: string,
  rows: readonly (readonly string[])[],
  periods: readonly string[],
): Promise<readonly Outcome[]> {
  return collected({ measures: [measure('m', lines)], rows }, async (ran) => {
    const outcomes: Outcome[] = [];
    for (const period of periods) outcomes.push((await ran.score('m', period)).target ?? null);
    return outcomes;
  });
}

export const TARGETS: Readonly<Record<string, Method>> = {
  even_targets: ({ total, n }: { total: number; n: number }) =>
    storedTargets(
      `targets: { split: { 2025: { total: ${total}, even: true } } }`,
      monthly('m', count(n)),
      monthsOf(count(n)),
    ),

  scale_target: async ({ t_daily: daily, days }: { t_daily: number; days: number }) => {
    const targets = await storedTargets(
      `frequency: weekly\ntargets: { per: day, value: ${daily} }`,
      Array.from({ length: days }, (_, index) => [`2026-03-${16 + index}`, 'm', '1']),
      ['2026-W12'],
    );
    return targets[0] ?? null;
  },

  baseline_target: async (given: { baseline: number; improve_pct: number; dir: string }) => {
    const targets = await storedTargets(
      `direction: ${given.dir}-is-better
series: { baseline: [{ from: 2025, value: ${given.baseline} }] }
targets: { better_than: baseline, by_percent: ${given.improve_pct} }`,
      monthly('m', [1]),
      ['2025-01'],
    );
    return targets[0] ?? null;
  },

  // A week that is not over: what is held against it so far is the part of the days there is data for.
  prorate: ({ t, have }: { t: number; days: number; have: number }) =>
    collected(
      { measures: [measure('m', `frequency: weekly\ntargets: [{ from: 2026, value: ${t} }]`)], rows: [] },
      ({ site }) => {
        const [weekly] = site.config().measures;
        if (weekly === undefined) throw new Error('there is no measure');
        const nothing = (): undefined => undefined;
        const reading = seriesAt(targetSeries(weekly), TARGET, parsePeriodId('2026-W12'), {
          grain: weekly,
          direction: weekly.direction,
          workingCalendar: site.config().site.calendar,
          own: nothing,
          collected: nothing,
          collectedBefore: nothing,
          attribute: nothing,
          soFar: `2026-03-${16 + have}`,
        });
        return Promise.resolve(reading.ok && reading.target.kind === 'value' ? reading.target.value : null);
      },
    ),
};
