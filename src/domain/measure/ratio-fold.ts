import type { Observation } from '../actual/types.js';
import { canonical, decimal, divide } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import { countFold, sumFold } from './column-folds.js';
import type { Fold, RowAccess, RowUse } from './fold.js';
import type { Term } from './types.js';

/**
 * Ratio of sums: the numerator over all rows divided by the denominator over all rows. Never a mean of ratios.
 *
 * A row is used when it entered at least one side; blank when it entered none and a cell it was asked for was blank.
 * A side all of whose cells are blank leaves the ratio without a value. A side that no row belongs to is 0; a
 * denominator of 0 gives no value.
 */
export function ratioFold(numerator: Term, denominator: Term, access: RowAccess): Fold {
  const upper = side(numerator, access);
  const lower = side(denominator, access);
  return {
    take: (observation) => {
      const uses = [upper.take(observation), lower.take(observation)];
      if (uses.includes('used')) return 'used';
      return uses.includes('blank') ? 'blank' : 'filtered';
    },
    result: () => {
      const over = upper.total();
      const under = lower.total();
      if (over === undefined || under === undefined) return { reason: 'all_blank' };
      const sides = { numerator: over, denominator: under };
      if (under === '0') return { reason: 'zero_denominator', ...sides };
      return { value: canonical(divide(decimal(over), decimal(under))), ...sides };
    },
  };
}

interface Side {
  take(observation: Observation): RowUse;
  /** `undefined` when rows belong to this side but all their cells are blank. */
  total(): DecimalText | undefined;
}

function side(term: Term, access: RowAccess): Side {
  const belongs = access.rowTest(term.where);
  const fold = term.kind === 'count' ? countFold() : sumFold(term.column, access);
  const tally = { used: 0, filtered: 0, blank: 0 };
  return {
    take: (observation) => {
      const use = belongs(observation.cells) ? fold.take(observation) : 'filtered';
      tally[use] += 1;
      return use;
    },
    total: () => fold.result(tally).value,
  };
}
