import type { Aggregate } from '#src/domain/actual/types.js';
import { lackingWords } from '#src/domain/derivation/lacking-words.js';
import { freshness } from '#src/domain/freshness/freshness.js';
import { completeness, completenessWords } from '#src/domain/measure/completeness.js';
import { type DerivedMeasure, isDerived, type Measure } from '#src/domain/measure/types.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import { scorePeriod } from '#src/domain/score/score-period.js';
import type { PeriodScore } from '#src/domain/score/types.js';
import { askedSeries } from '#src/domain/series/asked-series.js';
import { targetText } from '#src/domain/target/target-in-force.js';
import type { CurrentValue, NoValueRecord, ScoreRecord } from '#src/store/types.js';
import { contentDigest } from '../content-digest.js';
import { deadlinesOf } from './deadlines-of.js';
import { lastClosedAt, periodsBetween } from './moment-periods.js';
import type { SaidOf } from './said-by-sources.js';
import type { SeriesOf } from './series-values.js';
import { type WorkingCalendars, workingCalendarOf } from './working-calendar-of.js';

/** A measure with what the store knows of it from `from` on. */
export interface MeasureToScore {
  readonly measure: Measure;
  /** First day whose periods are scored. */
  readonly from: CalendarDate;
  /** Current actuals by period id. */
  readonly actuals: ReadonlyMap<string, CurrentValue>;
  /** Why a period that was reported has no value, by period id. */
  readonly noValues: ReadonlyMap<string, NoValueRecord['reason']>;
  /** Start of the first period ever reported; absent when nothing was. */
  readonly reportedFrom?: CalendarDate;
  readonly seriesOf: SeriesOf;
  /** Whether a value is to come in a period; asked only where there is none. */
  readonly isExpected: (period: Period) => boolean;
}

export interface ScoringMoment {
  readonly now: Instant;
  readonly calendars: WorkingCalendars;
  readonly saidOf: SaidOf;
  readonly runId: string;
  readonly scoredAt: Instant;
}

/**
 * Score or state of every closed period of a measure from a day on.
 *
 * Open periods are left alone: their value is not final. Periods before the first one ever reported are no gaps,
 * unless they were stated before; of a measure that never reported the last closed period is, and each one after it.
 *
 * @param statedFrom start of the earliest period from `subject.from` on that has a score or state; absent without any
 */
export function scoreMeasure(
  subject: MeasureToScore,
  statedFrom: CalendarDate | undefined,
  moment: ScoringMoment,
): ScoreRecord[] {
  const { measure, actuals, noValues, reportedFrom, seriesOf, isExpected } = subject;
  const last = lastClosedAt(moment, measure);
  const known = [reportedFrom, statedFrom].filter((each) => each !== undefined).sort();
  const begin = laterDate(subject.from, known[0] ?? last.start);
  return periodsBetween(begin, last.end, measure, moment).map(({ period, lastDay }) => {
    const actual = actuals.get(period.id);
    const noValueReason = actual === undefined ? noValues.get(period.id) : undefined;
    const hasActual = actual !== undefined || noValueReason !== undefined;
    const question = {
      period,
      deadlines: deadlinesOf(period, measure, moment.calendars, moment.saidOf),
      hasActual,
      isExpected: hasActual || isExpected(period),
      now: moment.now,
      timeZone: measure.timeZone,
    };
    const outcome = withheld(
      scorePeriod({
        measure,
        period,
        value: actual?.value,
        freshness: freshness(question),
        ...askedSeries((name) => seriesOf(name, period)),
        ...(noValueReason === undefined ? {} : { noValueReason }),
      }),
      tooFew(measure, actual, moment),
    );
    // Not the newest row's day: a month that is labelled by its first day is no older than one that is not.
    const oldestData = actual === undefined ? undefined : lastDay;
    const content = {
      status: outcome.status,
      ...(outcome.scored ? { score: outcome.score, unclamped: outcome.unclamped } : { reason: outcome.reason }),
      ...(outcome.scored && outcome.band !== undefined ? { band: outcome.band } : {}),
      ...(outcome.scored && outcome.points !== undefined ? { points: outcome.points, possible: outcome.possible } : {}),
      ...(outcome.target === undefined ? {} : { target: targetText(outcome.target) }),
      ...(actual === undefined ? {} : { value: actual.value }),
      ...(oldestData === undefined ? {} : { oldestData }),
      coverage: outcome.scored ? '1' : '0',
      ruleVersion: measure.scoreDigest,
    };
    return {
      node: measure.address,
      kind: 'measure',
      period,
      ...content,
      inputsDigest: contentDigest(content),
      runId: moment.runId,
      scoredAt: moment.scoredAt,
    };
  });
}

/** Why a value is not judged: too little of its period was observed, or is known of what it is made of. */
function tooFew(measure: Measure, actual: CurrentValue | undefined, { calendars }: ScoringMoment): string | undefined {
  if (actual === undefined) return undefined;
  if (isDerived(measure)) return madeWithout(measure, actual.evidence);
  if (measure.expects === undefined) return undefined;
  const { expects } = measure;
  const { period, evidence: aggregate } = actual;
  const calendar = workingCalendarOf(measure, calendars);
  const seen = completeness({ aggregate, expects, period, calendar, until: period.end });
  return seen === undefined || seen.isEnough ? undefined : completenessWords(seen, expects);
}

/** What a derived value lacks, so that holding it to the target of its whole period would be unjust. */
export function madeWithout({ derivation }: DerivedMeasure, { derived }: Aggregate): string | undefined {
  return derived === undefined ? undefined : lackingWords(derivation.kind, derived);
}

/** A score that is not given for a reason; what had none keeps its own. */
export function withheld(outcome: PeriodScore, reason: string | undefined): PeriodScore {
  if (reason === undefined || !outcome.scored) return outcome;
  const { target } = outcome;
  return {
    scored: false,
    status: 'insufficient_data',
    reason,
    ...(target === undefined ? {} : { target }),
  };
}

const laterDate = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b);
