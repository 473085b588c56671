import type { Aggregate } from '#src/domain/actual/types.js';
import type { MeasureWindow } from '#src/domain/collection/plan-measure.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { AggregatePart } from '#src/domain/measure/aggregate-part.js';
import { columnAccess } from '#src/domain/measure/folds/column-access.js';
import { createGroupedAggregator, type GroupedAggregator } from '#src/domain/measure/folds/grouped-aggregator.js';
import { PeriodGroups } from '#src/domain/measure/folds/period-groups.js';
import type { RowBlock, RowSelection } from '#src/domain/measure/folds/row-block.js';
import type { Measure } from '#src/domain/measure/types.js';
import { grainKey, isOutsideList, periodsIn } from '#src/domain/period/period.js';
import type { CalendarDate, Period } from '#src/domain/period/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import { breathing } from '../breathing.js';
import type { Window } from './block-typing.js';

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
 * Puts rows into periods, once for all measures of a grain, and aggregates them for every planned measure.
 *
 * Only periods inside a measure's own window have a value, so that a period read in part never gives one.
 */
export interface PeriodValues {
  /** Takes rows in whose days lie in the extract's window. Nothing of the block is kept. */
  take(block: RowBlock, selection: RowSelection): void;
  takeDay(date: CalendarDate, rows: number, parts: ReadonlyMap<string, AggregatePart>): void;
  /**
   * @param rejectsIn rejected rows of a period
   * @param undatedRejects rejected rows that may be of any period
   * @throws what `signal` was aborted with
   */
  values(rejectsIn: (period: Period) => number, undatedRejects: number, signal: AbortSignal): Promise<PeriodValue[]>;
}

interface Fold extends PlannedMeasure {
  readonly aggregator: GroupedAggregator;
  readonly groups: PeriodGroups;
}

export function createPeriodValues(
  columns: readonly ColumnSpec[],
  planned: readonly PlannedMeasure[],
  window: Window,
): PeriodValues {
  const access = columnAccess(columns);
  const byGrain = new Map<string, PeriodGroups>();
  const folds = planned.map(({ measure, window: own }): Fold => {
    const groups = byGrain.get(grainKey(measure)) ?? new PeriodGroups(measure, window);
    byGrain.set(grainKey(measure), groups);
    return { measure, window: own, groups, aggregator: createGroupedAggregator(measure.aggregation, access) };
  });
  const foldsOf = [...byGrain.values()].map((groups) => ({
    groups,
    aggregators: folds.filter((fold) => fold.groups === groups).map(({ aggregator }) => aggregator),
  }));
  return {
    take(block, selection) {
      if (selection.count === 0) return;
      for (const { groups, aggregators } of foldsOf) {
        const placed = groups.place(block, selection);
        for (const aggregator of aggregators) aggregator.take(block, selection, placed, groups.periods.length);
      }
    },
    takeDay(date, rows, parts) {
      const groupOf = new Map(foldsOf.map(({ groups }) => [groups, groups.placeDay(date, rows)]));
      for (const { measure, groups, aggregator } of folds) {
        aggregator.takePart(groupOf.get(groups) ?? 0, wholePart(parts, measure.address, date, rows));
      }
    },
    async values(rejectsIn, undatedRejects, signal) {
      const breathe = breathing(signal);
      const values: PeriodValue[] = [];
      for (const { measure, window: own, groups, aggregator } of folds) {
        for (const period of periodsOf(groups, measure, own)) {
          const rejects = rejectsIn(period);
          const group = groups.find(period) ?? groups.periods.length;
          // A period all of whose rows were rejected is not empty, so it is not 0; nor is one that may have had such rows.
          const emptyMeansZero = measure.emptyMeansZero && rejects === 0 && undatedRejects === 0;
          const aggregate = aggregator.result(group, groups.rowsOf(group), measure.scale, emptyMeansZero);
          values.push({ measure, period, aggregate, rejects });
          await breathe();
        }
      }
      return values;
    },
  };
}

/** Periods of a measure that have rows, in order; those for which an empty period is 0 are all there. */
function periodsOf(groups: PeriodGroups, measure: Measure, { start, end }: MeasureWindow): readonly Period[] {
  const periods = measure.emptyMeansZero
    ? periodsIn(start, end, measure)
    : groups.periods.filter(
        (period) => period.start >= start && period.start < end && groups.find(period) !== undefined,
      );
  return periods
    .filter((period) => !isOutsideList(period, measure))
    .sort((left, right) => (left.start < right.start ? -1 : 1));
}

function wholePart(
  parts: ReadonlyMap<string, AggregatePart>,
  address: string,
  date: CalendarDate,
  rows: number,
): AggregatePart {
  const part = parts.get(address);
  const counted = part === undefined ? 0 : part.tally.used + part.tally.filtered + part.tally.blank;
  if (part !== undefined && counted === rows) return part;
  throw new PlumblineError(
    'defect',
    'BUG_UNBALANCED_BATCH',
    `Aggregating "${address}" at its source: of ${date} ${rows} rows were seen but ${counted} accounted for.`,
    { remedy: 'This is a fault of the connector, not of the data: please report it.' },
  );
}
