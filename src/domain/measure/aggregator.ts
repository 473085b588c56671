import type { Aggregate, Observation } from '../actual/types.js';
import { PlumblineError } from '../failure/plumbline-error.js';
import type { CalendarDate } from '../period/types.js';
import { canonical, decimal } from '../value/decimal.js';
import type { ColumnSpec, DecimalText } from '../value/types.js';
import { avgFold, countFold, lastFold, sumFold } from './column-folds.js';
import type { Fold, FoldResult, RowAccess } from './fold.js';
import { ratioFold } from './ratio-fold.js';
import { compileRowFilter } from './row-filter.js';
import type { Aggregation } from './types.js';

/** Gathers the rows of one measure in one period. */
export interface Aggregator {
  add(observation: Observation): void;
  /** What the rows so far make. May be asked more than once. */
  result(): Aggregate;
}

/**
 * Starts the aggregation of one period.
 *
 * Exact: sums have no rounding, quotients are half-even at the places of `divide`, then multiplied by `scale`. The
 * order of rows does not matter. Each row is counted once, as used, filtered or blank. A blank value cell is never 0.
 *
 * | rows | sum, count | avg, last | ratio |
 * | --- | --- | --- | --- |
 * | none at all | `no_rows`, or 0 where `emptyMeansZero` | `no_rows` | `no_rows` |
 * | some, none left by the filter | 0 | `no_rows` | `zero_denominator` |
 * | all value cells left are blank | `all_blank` (count: has no value cell) | `all_blank` | `all_blank` |
 *
 * @param scale multiplies the value; `numerator` and `denominator` stay unscaled
 * @param columns of the extract, in the order of the observations' cells
 * @throws PlumblineError `BUG_UNKNOWN_COLUMN` (defect) when the aggregation names a column the extract has not
 */
export function createAggregator(
  aggregation: Aggregation,
  scale: DecimalText,
  emptyMeansZero: boolean,
  columns: readonly ColumnSpec[],
): Aggregator {
  const access = accessTo(columns);
  const passes = access.rowTest(aggregation.where);
  const fold = foldOf(aggregation, access);
  const emptyValue = emptyMeansZero && (aggregation.kind === 'sum' || aggregation.kind === 'count');
  const tally = { used: 0, filtered: 0, blank: 0 };
  let newest: CalendarDate | undefined;

  const outcome = (): FoldResult => {
    if (newest === undefined) return emptyValue ? { value: '0' } : { reason: 'no_rows' };
    return fold.result(tally);
  };
  return {
    add(observation) {
      tally[passes(observation.cells) ? fold.take(observation) : 'filtered'] += 1;
      if (newest === undefined || observation.date > newest) newest = observation.date;
    },
    result() {
      const { value, ...rest } = outcome();
      return {
        ...(value === undefined ? {} : { value: canonical(decimal(value).times(scale)) }),
        ...rest,
        rowsUsed: tally.used,
        rowsFiltered: tally.filtered,
        rowsBlank: tally.blank,
        ...(newest === undefined ? {} : { newest }),
      };
    },
  };
}

function foldOf(aggregation: Aggregation, access: RowAccess): Fold {
  switch (aggregation.kind) {
    case 'sum':
      return sumFold(aggregation.column, access);
    case 'avg':
      return avgFold(aggregation.column, access);
    case 'last':
      return lastFold(aggregation.column, access);
    case 'count':
      return countFold();
    case 'ratio':
      return ratioFold(aggregation.numerator, aggregation.denominator, access);
  }
}

function accessTo(columns: readonly ColumnSpec[]): RowAccess {
  const find = (name: string): { readonly index: number; readonly column: ColumnSpec } => {
    const index = columns.findIndex((column) => column.name === name);
    const column = columns[index];
    if (column !== undefined) return { index, column };
    const names = columns.map((each) => each.name).join(', ');
    throw new PlumblineError('defect', 'BUG_UNKNOWN_COLUMN', `Aggregating column "${name}": the extract has ${names}`);
  };
  const columnIndex = (name: string): number => find(name).index;
  return {
    columnIndex,
    rowTest: (filter) => compileRowFilter(filter, columnIndex, (name) => find(name).column.type),
  };
}
