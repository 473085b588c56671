import type { FoundAbsence } from '#src/activities/absence/absences.js';
import { NOTHING_SAID, type SaidOf } from '#src/activities/score/said-by-sources.js';
import { madeWithout, withheld } from '#src/activities/score/score-measure.js';
import type { SeriesOf } from '#src/activities/score/series-values.js';
import { workingCalendarOf } from '#src/activities/score/working-calendar-of.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { Timeliness } from '#src/domain/freshness/timeliness.js';
import { type Completeness, completeness, completenessWords } from '#src/domain/measure/completeness.js';
import { isCollected, type Measure } from '#src/domain/measure/types.js';
import { isPeriodClosed } from '#src/domain/period/period.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { Period } from '#src/domain/period/types.js';
import { scorePeriod } from '#src/domain/score/score-period.js';
import { seriesOfScoring } from '#src/domain/score/series-of-scoring.js';
import type { PeriodScore } from '#src/domain/score/types.js';
import { askedSeries } from '#src/domain/series/asked-series.js';
import type { SeriesReading } from '#src/domain/series/context.js';
import { TARGET, targetSeries } from '#src/domain/series/target-series.js';
import type { Explanation } from '#src/store/read-models/types.js';
import type { MeasureProgress, NoteRecord, RunRecord } from '#src/store/types.js';
import { lackedBy } from '../value-notes.js';

/** Everything `plumbline explain` says, before it is put into words or JSON. */
export interface ExplainedValue {
  readonly config: ResolvedConfig;
  readonly measure: Measure;
  readonly found: Explanation;
  /** The period that was asked for, where one was, and the one that is explained. */
  readonly asked?: string;
  readonly period?: Period;
  /** Of the current revision, or of the score where there is none. */
  readonly run?: RunRecord;
  readonly progress?: MeasureProgress;
  /** Periods of a source without history in which nothing was captured, oldest first. */
  readonly missed: readonly Period[];
  /** Why there is no value in the period, where there never was one and the reason is known. */
  readonly lacking?: { readonly code: string; readonly message: string };
  /** Values on time of the values due of late; absent where nobody asked. */
  readonly timeliness?: Timeliness;
  /** What sources said of how far they stand. */
  readonly saidOf: SaidOf;
  /** Of a value that is late or missing: why it is not there, and who can act. */
  readonly absence?: FoundAbsence;
  /** Whether the period is still running. */
  readonly open: boolean;
  /** The score worked out again, step by step; absent without a value, and where the stored one had other rules. */
  readonly judged?: PeriodScore;
  /** What the target and the other series of the measure are in the period, and where each comes from. */
  readonly series: readonly ExplainedSeries[];
  /** Of a measure that says how many observations it expects. */
  readonly completeness?: Completeness;
  /** What the value lacks of its period or window, where it is not whole. */
  readonly lacks?: string;
  /** What people wrote about it in the period, oldest first. */
  readonly notes: readonly NoteRecord[];
  readonly now: string;
}

/** A series of the measure in the period that is explained. */
export interface ExplainedSeries {
  readonly name: string;
  /** Whether bands or score map need it. */
  readonly isNeeded: boolean;
  readonly reading: SeriesReading;
}

/** Puts the present and the way to the score beside what is stored. */
export function explainedValue(
  given: Pick<ExplainedValue, 'config' | 'measure' | 'found' | 'now' | 'missed' | 'notes' | 'timeliness'> & {
    readonly asked: string | undefined;
    /** The period asked for, where nothing is stored of it. */
    readonly unknown?: Period | undefined;
    readonly run: RunRecord | undefined;
    readonly progress: MeasureProgress | undefined;
    readonly lacking?: ExplainedValue['lacking'] | undefined;
    readonly absence?: FoundAbsence | undefined;
    readonly saidOf?: SaidOf;
    /** The measure's series, as scoring reads them. */
    readonly seriesOf: SeriesOf;
  },
): ExplainedValue {
  const { config, measure, found, now, missed, notes, asked, unknown, run, progress, seriesOf, lacking, absence } =
    given;
  const { period, score } = found;
  const about = period ?? unknown;
  const value = found.revisions.at(-1)?.value;
  const open = period !== undefined && !isPeriodClosed(period, now, measure.timeZone);
  const sameRules = score === undefined || score.ruleVersion === measure.scoreDigest;
  const counted = value === undefined ? undefined : completenessOf(given, open);
  const expects = isCollected(measure) ? measure.expects : undefined;
  const evidence = found.revisions.at(-1)?.evidence;
  const until = open ? dateInZone(now, measure.timeZone) : period?.end;
  const lacks =
    value === undefined || evidence === undefined || period === undefined
      ? undefined
      : lackedBy({ evidence, period }, measure, config.site, until);
  const inPart = evidence === undefined || open || isCollected(measure) ? undefined : madeWithout(measure, evidence);
  const tooFew =
    counted === undefined || expects === undefined || counted.isEnough ? inPart : completenessWords(counted, expects);
  const judged =
    period === undefined || value === undefined || !sameRules
      ? undefined
      : withheld(
          scorePeriod({
            measure,
            period,
            value,
            freshness: open ? 'open' : 'reported',
            ...askedSeries((name) => seriesOf(name, period)),
          }),
          tooFew,
        );
  return {
    config,
    measure,
    found,
    now,
    missed,
    notes,
    ...(given.timeliness === undefined ? {} : { timeliness: given.timeliness }),
    open,
    saidOf: given.saidOf ?? NOTHING_SAID,
    series: period === undefined ? [] : seriesIn(measure, period, seriesOf),
    ...(counted === undefined ? {} : { completeness: counted }),
    ...(lacks === undefined ? {} : { lacks }),
    ...(lacking === undefined ? {} : { lacking }),
    ...(absence === undefined ? {} : { absence }),
    ...(asked === undefined ? {} : { asked }),
    ...(about === undefined ? {} : { period: about }),
    ...(run === undefined ? {} : { run }),
    ...(progress === undefined ? {} : { progress }),
    ...(judged === undefined ? {} : { judged }),
  };
}

/** The target first, also where there is none and one is needed; then the others in the order of the definition. */
function seriesIn(measure: Measure, period: Period, seriesOf: SeriesOf): readonly ExplainedSeries[] {
  const needed = new Set(seriesOfScoring(measure));
  const own = targetSeries(measure).map(({ name }) => name);
  const names = new Set([...(own.includes(TARGET) || needed.has(TARGET) ? [TARGET] : []), ...own]);
  return [...names].map((name) => ({ name, isNeeded: needed.has(name), reading: seriesOf(name, period) }));
}

/** Seen of the observations that the period, or what is over of it, should have. */
function completenessOf(
  { measure, found, config, now }: Pick<ExplainedValue, 'measure' | 'found' | 'config' | 'now'>,
  open: boolean,
): Completeness | undefined {
  const { period } = found;
  const aggregate = found.revisions.at(-1)?.evidence;
  if (!isCollected(measure) || measure.expects === undefined || period === undefined || aggregate === undefined) {
    return undefined;
  }
  return completeness({
    aggregate,
    expects: measure.expects,
    period,
    calendar: workingCalendarOf(measure, config.site),
    until: open ? dateInZone(now, measure.timeZone) : period.end,
  });
}
