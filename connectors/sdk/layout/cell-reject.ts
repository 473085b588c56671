import type { CellProblem } from '#src/domain/value/types.js';
import { shortened } from '../raw-text.js';
import type { RawCell, RawReject } from '../types.js';

/** The reject of what would have been made of a cell that its connector cannot use. */
export function cellReject(problem: CellProblem, column: string, cell: RawCell, locator: string): RawReject {
  const { rule, message, remedy } = problem;
  return { locator, rule, raw: shortened(cell ?? ''), message: `Column "${column}": ${message}`, remedy };
}
