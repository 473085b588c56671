import type { ResolvedConfig } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isPeriodClosed } from '#src/domain/period/period.js';
import type { Period } from '#src/domain/period/types.js';
import { scorePeriod } from '#src/domain/score/score-period.js';
import type { PeriodScore } from '#src/domain/score/types.js';
import type { SeriesReading } from '#src/domain/series/context.js';
import type { Target } from '#src/domain/target/types.js';
import type { Explanation } from '#src/store/read-models/types.js';
import type { MeasureProgress, RunRecord } from '#src/store/types.js';

/** Everything `plumbline explain` says, before it is put into words or JSON. */
export interface ExplainedValue {
  readonly config: ResolvedConfig;
  readonly measure: Measure;
  readonly found: Explanation;
  /** The period that was asked for, where one was. */
  readonly asked?: string;
  /** Of the current revision, or of the score where there is none. */
  readonly run?: RunRecord;
  readonly progress?: MeasureProgress;
  /** Periods of a source without history in which nothing was captured, oldest first. */
  readonly missed: readonly Period[];
  /** Whether the period is still running. */
  readonly open: boolean;
  /** The score worked out again, step by step; absent without a value, and where the stored one had other rules. */
  readonly judged?: PeriodScore;
  /** The target in the period, and the rule that gives it; absent where there is no period. */
  readonly target?: SeriesReading;
  readonly now: string;
}

/** Puts the present and the way to the score beside what is stored. */
export function explainedValue(
  given: Pick<ExplainedValue, 'config' | 'measure' | 'found' | 'now' | 'missed'> & {
    readonly asked: string | undefined;
    readonly run: RunRecord | undefined;
    readonly progress: MeasureProgress | undefined;
    readonly series: ((name: string) => SeriesReading) | undefined;
  },
): ExplainedValue {
  const { config, measure, found, now, missed, asked, run, progress, series } = given;
  const { period, score } = found;
  const value = found.revisions.at(-1)?.value;
  const open = period !== undefined && !isPeriodClosed(period, now, measure.timeZone);
  const sameRules = score === undefined || score.ruleVersion === measure.scoreDigest;
  const judged =
    period === undefined || value === undefined || !sameRules
      ? undefined
      : scorePeriod({
          measure,
          period,
          value,
          freshness: open ? 'open' : 'reported',
          ...(series === undefined ? {} : { series: (name) => targetOf(series(name)) }),
        });
  return {
    config,
    measure,
    found,
    now,
    missed,
    open,
    ...(asked === undefined ? {} : { asked }),
    ...(run === undefined ? {} : { run }),
    ...(progress === undefined ? {} : { progress }),
    ...(judged === undefined ? {} : { judged }),
    ...(series === undefined ? {} : { target: series('target') }),
  };
}

function targetOf(reading: SeriesReading): Target | undefined {
  return reading.ok ? reading.target : undefined;
}
