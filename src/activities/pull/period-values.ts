import type { Extract } from '#src/config/types.js';
import type { Aggregate, Observation } from '#src/domain/actual/types.js';
import type { MeasureWindow } from '#src/domain/collection/plan-measure.js';
import { createAggregator } from '#src/domain/measure/aggregator.js';
import type { Measure } from '#src/domain/measure/types.js';
import { periodContaining, periodsIn } from '#src/domain/period/period.js';
import type { CalendarDate, Frequency, Period } from '#src/domain/period/types.js';
import type { RejectRecord } from '#src/store/types.js';
import { breathing } from './breathing.js';

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
 * Puts observations into periods, once for all measures of a frequency, and aggregates them for every planned measure.
 *
 * Only periods inside a measure's own window are made, so that a period read in part never gives a value.
 *
 * @throws what `signal` was aborted with
 */
export async function periodValues(
  extract: Extract,
  planned: readonly PlannedMeasure[],
  observations: Iterable<Observation>,
  rejects: readonly RejectRecord[],
  signal: AbortSignal,
): Promise<PeriodValue[]> {
  const byFrequency = new Map(planned.map(({ measure }) => [measure.frequency, new RowsByPeriod(measure.frequency)]));
  const grids = [...byFrequency.values()];
  for (const observation of observations) for (const grid of grids) grid.add(observation);
  const rejectedDays = daysOfRejectedRows(rejects);
  const breathe = breathing(signal);
  const values: PeriodValue[] = [];
  for (const { measure, window } of planned) {
    const { aggregation, scale, emptyMeansZero } = measure;
    for (const { period, rows } of periodsOf(byFrequency.get(measure.frequency), measure, window)) {
      const rejected = rejectedDays.filter((date) => date >= period.start && date < period.end).length;
      // A period all of whose rows were rejected is not empty, so it is not 0.
      const aggregator = createAggregator(aggregation, scale, emptyMeansZero && rejected === 0, extract.columns);
      for (const row of rows) aggregator.add(row);
      values.push({ measure, period, aggregate: aggregator.result(), rejects: rejected });
      await breathe();
    }
  }
  return values;
}

interface PeriodRows {
  readonly period: Period;
  readonly rows: Observation[];
}

/** Periods of a measure that have rows; those for which an empty period is 0 are all there. */
function periodsOf(grid: RowsByPeriod | undefined, measure: Measure, { start, end }: MeasureWindow): PeriodRows[] {
  const read = (grid?.all() ?? []).filter(({ period }) => period.start >= start && period.start < end);
  if (!measure.emptyMeansZero) return read;
  const known = new Map(read.map((each) => [each.period.id, each]));
  return periodsIn(start, end, measure.frequency).map((period) => known.get(period.id) ?? { period, rows: [] });
}

/** The rows of each period of one frequency. A million rows have few days: each is placed once. */
class RowsByPeriod {
  readonly #frequency: Frequency;
  readonly #byPeriod = new Map<string, PeriodRows>();
  readonly #byDate = new Map<CalendarDate, PeriodRows>();

  constructor(frequency: Frequency) {
    this.#frequency = frequency;
  }

  add(row: Observation): void {
    let place = this.#byDate.get(row.date);
    if (place === undefined) {
      const period = periodContaining(row.date, this.#frequency);
      place = this.#byPeriod.get(period.id) ?? { period, rows: [] };
      this.#byPeriod.set(period.id, place);
      this.#byDate.set(row.date, place);
    }
    place.rows.push(row);
  }

  all(): PeriodRows[] {
    return [...this.#byPeriod.values()];
  }
}

/** One entry a rejected row (a row may have several bad cells) whose day is known. */
function daysOfRejectedRows(rejects: readonly RejectRecord[]): CalendarDate[] {
  const byRow = new Map<string, CalendarDate>();
  for (const { locator, date } of rejects) if (date !== undefined) byRow.set(locator, date);
  return [...byRow.values()];
}
