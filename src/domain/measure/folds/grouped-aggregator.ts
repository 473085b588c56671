import type { Aggregate } from '../../actual/types.js';
import type { CalendarDate } from '../../period/types.js';
import { canonical, decimal } from '../../value/decimal.js';
import type { DecimalText } from '../../value/types.js';
import type { AggregatePart } from '../aggregate-part.js';
import type { FoldResult } from '../fold.js';
import type { Aggregation } from '../types.js';
import type { Accumulator } from './accumulator.js';
import { avgAccumulator } from './avg-accumulator.js';
import type { ColumnAccess } from './column-access.js';
import { countAccumulator } from './count-accumulator.js';
import { cumulativeAccumulator } from './cumulative-accumulator.js';
import { createDayCounter, type ExpectedDay } from './day-counter.js';
import { distinctAccumulator } from './distinct-accumulator.js';
import { endAccumulator } from './end-accumulator.js';
import { extremeAccumulator } from './extreme-accumulator.js';
import { quantileAccumulator } from './quantile-accumulator.js';
import { ratioAccumulator } from './ratio-accumulator.js';
import type { RowBlock, RowSelection } from './row-block.js';
import { createRowSieve } from './row-sieve.js';
import { sumAccumulator } from './sum-accumulator.js';
import { weightedAvgAccumulator } from './weighted-avg-accumulator.js';

/** All rows of a group, whatever became of them. */
export interface GroupRows {
  readonly rows: number;
  /** Day of the newest; absent when there is none. */
  readonly newest?: CalendarDate;
}

/** Gathers the rows of one measure in all groups at once. */
export interface GroupedAggregator {
  /** Takes rows in, the filtered ones too; groups below `groupCount` may be met. */
  take(block: RowBlock, selection: RowSelection, groups: Int32Array, groupCount: number): void;
  takePart(group: number, part: AggregatePart): void;
  /** What the rows so far make, see `createAggregator`. May be asked more than once. */
  result(group: number, all: GroupRows, scale: DecimalText, emptyMeansZero: boolean): Aggregate;
}

const scaled = (value: DecimalText, scale: DecimalText): DecimalText =>
  scale === '1' ? value : canonical(decimal(value).times(scale));

/**
 * @param expectedDay days that are counted where a row of them entered the value; absent: days are not counted
 * @throws PlumblineError `BUG_UNKNOWN_COLUMN` (defect) when the aggregation names a column the extract has not
 */
export function createGroupedAggregator(
  aggregation: Aggregation,
  access: ColumnAccess,
  expectedDay?: ExpectedDay,
): GroupedAggregator {
  const passing = createRowSieve(aggregation.where, access);
  const accumulator = accumulatorOf(aggregation, access);
  const days = expectedDay === undefined ? undefined : createDayCounter(aggregation, access, expectedDay);
  const canBeEmpty = CAN_BE_EMPTY.has(aggregation.kind);
  return {
    take(block, selection, groups, groupCount) {
      accumulator.reserve(groupCount);
      const passed = passing(block, selection);
      accumulator.take(block, passed, groups);
      days?.take(block, passed, groups);
    },
    takePart(group, part) {
      accumulator.reserve(group + 1);
      accumulator.takePart(group, part);
      days?.takePart(group, part);
    },
    result(group, { rows, newest }, scale, emptyMeansZero) {
      const { value, ...rest } = rows > 0 ? accumulator.result(group) : emptyResult(canBeEmpty && emptyMeansZero);
      const rowsUsed = accumulator.used(group);
      const rowsBlank = accumulator.blank(group);
      return {
        ...(value === undefined ? {} : { value: scaled(value, scale) }),
        ...rest,
        rowsUsed,
        rowsFiltered: rows - rowsUsed - rowsBlank,
        rowsBlank,
        ...(newest === undefined ? {} : { newest }),
        ...(days === undefined ? {} : { days: days.count(group) }),
      };
    },
  };
}

/** Kinds of which a period without rows may be 0. */
const CAN_BE_EMPTY: ReadonlySet<Aggregation['kind']> = new Set(['sum', 'count', 'count_distinct']);

function emptyResult(isZero: boolean): FoldResult {
  return isZero ? { value: '0' } : { reason: 'no_rows' };
}

/** One small file for each kind: a new one is a case here and nothing else. */
function accumulatorOf(aggregation: Aggregation, access: ColumnAccess): Accumulator {
  switch (aggregation.kind) {
    case 'sum':
      return sumAccumulator(access.find(aggregation.column).position);
    case 'avg':
      return avgAccumulator(access.find(aggregation.column).position);
    case 'first':
    case 'last':
      return endAccumulator(access.find(aggregation.column).position, aggregation.kind);
    case 'min':
    case 'max':
      return extremeAccumulator(access.find(aggregation.column).position, aggregation.kind);
    case 'median':
      return quantileAccumulator(access.find(aggregation.column).position, '50', 'linear');
    case 'percentile':
      return quantileAccumulator(access.find(aggregation.column).position, aggregation.p, aggregation.method);
    case 'weighted_avg':
      return weightedAvgAccumulator(access.find(aggregation.column).position, access.find(aggregation.weight).position);
    case 'count_distinct':
      return distinctAccumulator(access.find(aggregation.column).position);
    case 'cumulative':
      return cumulativeAccumulator(access.find(aggregation.column).position);
    case 'count':
      return countAccumulator();
    case 'ratio':
      return ratioAccumulator(aggregation.numerator, aggregation.denominator, access);
  }
}
