import type { Extract } from '#src/config/types.js';
import type { Aggregate, Observation } from '#src/domain/actual/types.js';
import type { MeasureWindow } from '#src/domain/collection/plan-measure.js';
import { type Aggregator, createAggregator } from '#src/domain/measure/aggregator.js';
import type { Measure } from '#src/domain/measure/types.js';
import { periodContaining, periodsIn } from '#src/domain/period/period.js';
import type { CalendarDate, Frequency, Period } from '#src/domain/period/types.js';
import type { RejectRecord } from '#src/store/types.js';

/** A measure's value in one period, as this read has it. */
export interface PeriodValue {
  readonly measure: Measure;
  readonly period: Period;
  readonly aggregate: Aggregate;
  /** Rejected rows whose day lies in the period. */
  readonly rejects: number;
}

export interface PlannedMeasure {
  readonly measure: Measure;
  readonly window: MeasureWindow;
}

/**
 * Puts observations into the periods of every planned measure and aggregates them.
 *
 * Only periods inside a measure's own window are made, so that a period read in part never gives a value.
 */
export function periodValues(
  extract: Extract,
  planned: readonly PlannedMeasure[],
  observations: Iterable<Observation>,
  rejects: readonly RejectRecord[],
): PeriodValue[] {
  const periods = new PeriodsByDate();
  const targets = planned.map((each) => ({ ...each, byPeriod: new AggregatorsByPeriod(extract, each) }));
  for (const observation of observations) {
    for (const { measure, window, byPeriod } of targets) {
      if (observation.date < window.start || observation.date >= window.end) continue;
      byPeriod.of(periods.containing(observation.date, measure.frequency)).add(observation);
    }
  }
  const rejectedDays = daysOfRejectedRows(rejects);
  return targets.flatMap(({ measure, byPeriod }) =>
    byPeriod.all().map(({ period, aggregator }) => ({
      measure,
      period,
      aggregate: aggregator.result(),
      rejects: rejectedDays.filter((date) => date >= period.start && date < period.end).length,
    })),
  );
}

/** The aggregators of one measure; those for which an empty period is 0 exist from the start. */
class AggregatorsByPeriod {
  readonly #entries = new Map<string, { readonly period: Period; readonly aggregator: Aggregator }>();
  readonly #make: () => Aggregator;

  constructor(extract: Extract, { measure, window }: PlannedMeasure) {
    const { aggregation, scale, emptyMeansZero } = measure;
    this.#make = () => createAggregator(aggregation, scale, emptyMeansZero, extract.columns);
    if (emptyMeansZero) for (const period of periodsIn(window.start, window.end, measure.frequency)) this.of(period);
  }

  of(period: Period): Aggregator {
    const known = this.#entries.get(period.id);
    if (known !== undefined) return known.aggregator;
    const aggregator = this.#make();
    this.#entries.set(period.id, { period, aggregator });
    return aggregator;
  }

  all(): readonly { readonly period: Period; readonly aggregator: Aggregator }[] {
    return [...this.#entries.values()];
  }
}

/** One entry a rejected row (a row may have several bad cells) whose day is known. */
function daysOfRejectedRows(rejects: readonly RejectRecord[]): CalendarDate[] {
  const byRow = new Map<string, CalendarDate>();
  for (const { locator, date } of rejects) if (date !== undefined) byRow.set(locator, date);
  return [...byRow.values()];
}

/** Date → period, remembered: a million rows have few days. */
class PeriodsByDate {
  readonly #known = new Map<string, Period>();

  containing(date: CalendarDate, frequency: Frequency): Period {
    const key = `${frequency} ${date}`;
    let period = this.#known.get(key);
    if (period === undefined) {
      period = periodContaining(date, frequency);
      this.#known.set(key, period);
    }
    return period;
  }
}
