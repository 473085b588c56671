import type { Aggregate } from '#src/domain/actual/types.js';
import type { MeasureWindow } from '#src/domain/collection/plan-measure.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { AggregatePart } from '#src/domain/measure/aggregate-part.js';
import { cumulativeValue } from '#src/domain/measure/cumulative-value.js';
import { type ColumnAccess, columnAccess } from '#src/domain/measure/folds/column-access.js';
import type { ExpectedDay } from '#src/domain/measure/folds/day-counter.js';
import {
  createGroupedAggregator,
  type GroupedAggregator,
  type GroupRows,
} from '#src/domain/measure/folds/grouped-aggregator.js';
import { PeriodGroups } from '#src/domain/measure/folds/period-groups.js';
import type { RowBlock, RowSelection } from '#src/domain/measure/folds/row-block.js';
import { UnitGroups } from '#src/domain/measure/folds/unit-groups.js';
import type { CollectedMeasure } from '#src/domain/measure/types.js';
import { grainKey, isOutsideList, periodsIn, previousPeriod } from '#src/domain/period/period.js';
import type { CalendarDate, Period } from '#src/domain/period/types.js';
import { unitKey } from '#src/domain/unit/types.js';
import { dayKey } from '#src/domain/value/columns/day-key.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import { breathing } from '../breathing.js';
import type { Window } from './block-typing.js';

/** A measure's value in one period, as this read has it. */
export interface PeriodValue {
  readonly measure: CollectedMeasure;
  readonly period: Period;
  readonly aggregate: Aggregate;
  /** Rejected rows whose day lies in the period. */
  readonly rejects: number;
}

export interface PlannedMeasure {
  /** One of those it is about, where a definition serves many units: they differ in nothing but the unit. */
  readonly measure: CollectedMeasure;
  /** The measures of all units; absent where it is about `measure` alone. */
  readonly members?: readonly CollectedMeasure[];
  readonly window: MeasureWindow;
  /** For a measure that says how many days it expects: which ones are counted. */
  readonly expectedDay?: ExpectedDay;
}

/**
 * Puts rows into periods, once for all measures of a grain, and aggregates them for every planned measure; where a
 * definition serves many units, for all of them in the same pass.
 *
 * Only periods inside a measure's own window have a value, so that a period read in part never gives one.
 */
export interface PeriodValues {
  /**
   * Takes rows in whose days lie in the extract's window. Nothing of the block is kept.
   *
   * @returns how many of them belong to no measure at all, since no unit is named as they say
   */
  take(block: RowBlock, selection: RowSelection): number;
  /** @param unit what names the unit, where the parts are of one. @returns as `take` */
  takeDay(date: CalendarDate, rows: number, parts: ReadonlyMap<string, AggregatePart>, unit?: string | null): number;
  /**
   * The periods of a measure side by side.
   *
   * @param rejectsIn rejected rows of a period
   * @param undatedRejects rejected rows that may be of any period
   * @throws what `signal` was aborted with
   */
  values(rejectsIn: (period: Period) => number, undatedRejects: number, signal: AbortSignal): Promise<PeriodValue[]>;
  /** Texts that should name a unit and do not: the first few of each column, in order. */
  readonly unknownUnits: readonly string[];
}

interface Fold extends PlannedMeasure {
  readonly aggregator: GroupedAggregator;
  readonly periods: PeriodGroups;
  /** Where it is for many units. */
  readonly units: UnitGroups | undefined;
}

export function createPeriodValues(
  columns: readonly ColumnSpec[],
  planned: readonly PlannedMeasure[],
  window: Window,
): PeriodValues {
  const access = columnAccess(columns);
  const placing = createPlacing(access, window);
  const folds = planned.map((each): Fold => {
    const { measure, expectedDay } = each;
    const aggregator = createGroupedAggregator(measure.aggregation, access, expectedDay);
    return { ...each, aggregator, periods: placing.periodsOf(measure), units: placing.unitsOf(each) };
  });
  const plain = placing.periods.map((groups) => ({
    groups,
    aggregators: folds
      .filter(({ periods, units }) => periods === groups && units === undefined)
      .map(({ aggregator }) => aggregator),
    units: placing.units
      .filter(({ periods }) => periods === groups)
      .map((units) => ({
        units,
        aggregators: folds.filter((fold) => fold.units === units).map(({ aggregator }) => aggregator),
      })),
  }));
  // A row of no unit is nobody's where every measure is of a unit.
  const allOfUnits = folds.length > 0 && folds.every(({ units }) => units !== undefined);
  const unplaced = (before: readonly number[]): number =>
    allOfUnits ? Math.min(...placing.units.map(({ unknown }, index) => unknown.rows - (before[index] ?? 0))) : 0;
  const unknownRows = (): number[] => placing.units.map(({ unknown }) => unknown.rows);
  return {
    take(block, selection) {
      if (selection.count === 0) return 0;
      const before = unknownRows();
      for (const { groups, aggregators, units } of plain) {
        const placed = groups.place(block, selection);
        for (const aggregator of aggregators) aggregator.take(block, selection, placed, groups.periods.length);
        for (const each of units) {
          const own = each.units.place(block, selection, placed);
          for (const aggregator of each.aggregators) {
            aggregator.take(block, own.selection, own.groups, each.units.count);
          }
        }
      }
      return unplaced(before);
    },
    takeDay(date, rows, parts, unit = null) {
      const before = unknownRows();
      const groupOf = new Map<PeriodGroups | UnitGroups, number | undefined>();
      for (const { groups, units } of plain) {
        const period = groups.placeDay(date, rows);
        groupOf.set(groups, period);
        for (const each of units) groupOf.set(each.units, each.units.placeDay(unit, period, dayKey(date), rows));
      }
      for (const { measure, periods, units, aggregator } of folds) {
        const part = wholePart(parts, measure.address, date, rows);
        const group = groupOf.get(units ?? periods);
        if (group !== undefined) aggregator.takePart(group, part);
      }
      return unplaced(before);
    },
    async values(rejectsIn, undatedRejects, signal) {
      const breathe = breathing(signal);
      const values: PeriodValue[] = [];
      for (const fold of folds) {
        const { measure, members = [measure] } = fold;
        const periods = periodsOf(fold).map((period) => {
          const rejects = rejectsIn(period);
          // A period all of whose rows were rejected is not empty, so it is not 0; nor is one that may have had such rows.
          const emptyMeansZero = measure.emptyMeansZero && rejects === 0 && undatedRejects === 0;
          return { period, rejects, emptyMeansZero };
        });
        for (const [index, member] of members.entries()) {
          for (const { period, rejects, emptyMeansZero } of periods) {
            const group = groupOf(fold, index, period);
            if (group === undefined && !measure.emptyMeansZero) continue;
            const aggregate = outcomeOf(fold, index, period, emptyMeansZero);
            values.push({ measure: member, period, aggregate, rejects });
            await breathe();
          }
        }
      }
      return values;
    },
    get unknownUnits() {
      return [...new Set(placing.units.flatMap(({ unknown }) => [...unknown.texts]))].sort();
    },
  };
}

const NO_ROWS: GroupRows = { rows: 0 };
/** A group that no row was ever placed in. */
const NO_GROUP = 2 ** 31 - 1;

/** Groups that measures share: one set of periods for each grain, of units for each column that names them. */
function createPlacing(access: ColumnAccess, window: Window) {
  const byGrain = new Map<string, PeriodGroups>();
  const byUnits = new Map<string, UnitGroups>();
  const periodsOf = (measure: CollectedMeasure): PeriodGroups => {
    const groups = byGrain.get(grainKey(measure)) ?? new PeriodGroups(measure, window);
    byGrain.set(grainKey(measure), groups);
    return groups;
  };
  return {
    periodsOf,
    unitsOf({ measure, members = [] }: PlannedMeasure): UnitGroups | undefined {
      const { unitColumn } = measure;
      if (unitColumn === undefined) return undefined;
      const keys = members.flatMap(({ forUnit }) => (forUnit === undefined ? [] : [unitKey(forUnit)]));
      const name = JSON.stringify([grainKey(measure), unitColumn, keys]);
      const { position } = access.find(unitColumn);
      const numbers = new Map(keys.map((key, index) => [key, index]));
      const groups = byUnits.get(name) ?? new UnitGroups(periodsOf(measure), position, numbers);
      byUnits.set(name, groups);
      return groups;
    },
    get periods() {
      return [...byGrain.values()];
    },
    get units() {
      return [...byUnits.values()];
    },
  };
}

/** The group of a period, and of the unit of this number where there are units; `undefined` where it has no row. */
function groupOf({ periods, units }: Fold, unit: number, period: Period): number | undefined {
  const ofPeriod = periods.find(period);
  return units === undefined || ofPeriod === undefined ? ofPeriod : units.find(unit, ofPeriod);
}

/** What the rows of a period make; of a running total with those of the period before, which may lie before the window. */
function outcomeOf(fold: Fold, unit: number, period: Period, emptyMeansZero: boolean): Aggregate {
  const { measure, periods, units, aggregator } = fold;
  const { aggregation, scale } = measure;
  const resultOf = (group: number): Aggregate =>
    aggregator.result(group, group === NO_GROUP ? NO_ROWS : (units ?? periods).rowsOf(group), scale, emptyMeansZero);
  const aggregate = resultOf(groupOf(fold, unit, period) ?? NO_GROUP);
  if (aggregation.kind !== 'cumulative') return aggregate;
  const before = groupOf(fold, unit, previousPeriod(period, measure));
  const previous = before === undefined ? undefined : resultOf(before);
  const { resets } = aggregation;
  return cumulativeValue({ period, aggregate, previous, resets, calendar: measure.calendar, scale });
}

/** Periods of a measure that have rows, in order; those for which an empty period is 0 are all there. */
function periodsOf({ periods, measure, window: { start, end } }: Fold): readonly Period[] {
  const all = measure.emptyMeansZero
    ? periodsIn(start, end, measure)
    : periods.periods.filter(
        (period) => period.start >= start && period.start < end && periods.find(period) !== undefined,
      );
  return all
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
