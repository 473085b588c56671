import type { Observation } from '../actual/types.js';
import { canonical, decimal, divide } from '../value/decimal.js';
import { compareTexts, compareTimes } from './cell-order.js';
import { ExactSum } from './exact-sum.js';
import type { Fold, RowAccess } from './fold.js';

/** Number of rows. Has no value cell, so no row is blank; nothing left by the filter is 0. */
export function countFold(): Fold {
  return {
    take: () => 'used',
    result: (tally) => ({ value: String(tally.used) }),
  };
}

/** Sum of a column. 0 when there were rows but the filter left none; all blank is no value, since a blank is not 0. */
export function sumFold(column: string, access: RowAccess): Fold {
  const { take, sum } = summing(column, access);
  return {
    take,
    result: (tally) => (tally.used === 0 && tally.blank > 0 ? { reason: 'all_blank' } : { value: sum.total() }),
  };
}

/** Sum of a column divided by the number of its cells that are not blank. */
export function avgFold(column: string, access: RowAccess): Fold {
  const { take, sum } = summing(column, access);
  return {
    take,
    result: (tally) => {
      if (tally.used === 0) return { reason: tally.blank > 0 ? 'all_blank' : 'no_rows' };
      const numerator = sum.total();
      const denominator = String(tally.used);
      return { value: canonical(divide(decimal(numerator), decimal(denominator))), numerator, denominator };
    },
  };
}

/**
 * The cell of the newest row whose cell is not blank.
 *
 * Of rows with the same time the one whose locator is last by its text counts, so that the order of arrival never
 * decides; should those be equal too, the greater cell by its text.
 */
export function lastFold(column: string, access: RowAccess): Fold {
  const index = access.columnIndex(column);
  let newest: { readonly observation: Observation; readonly cell: string } | undefined;
  return {
    take: (observation) => {
      const cell = observation.cells[index];
      if (typeof cell !== 'string') return 'blank';
      const candidate = { observation, cell };
      if (newest === undefined || isLater(candidate, newest)) newest = candidate;
      return 'used';
    },
    result: (tally) => {
      if (newest !== undefined) return { value: newest.cell };
      return { reason: tally.blank > 0 ? 'all_blank' : 'no_rows' };
    },
  };
}

function isLater(
  left: { readonly observation: Observation; readonly cell: string },
  right: { readonly observation: Observation; readonly cell: string },
): boolean {
  const order =
    compareTimes(left.observation.time, right.observation.time) ||
    compareTexts(left.observation.locator, right.observation.locator) ||
    compareTexts(left.cell, right.cell);
  return order > 0;
}

function summing(column: string, access: RowAccess): { readonly take: Fold['take']; readonly sum: ExactSum } {
  const index = access.columnIndex(column);
  const sum = new ExactSum();
  return {
    sum,
    take: ({ cells }) => {
      const cell = cells[index];
      if (typeof cell !== 'string') return 'blank';
      sum.add(cell);
      return 'used';
    },
  };
}
