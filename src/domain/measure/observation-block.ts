import type { Observation } from '../actual/types.js';
import { columnVector, putCell } from '../value/columns/column-vector.js';
import { dayKey } from '../value/columns/day-key.js';
import { nanosOfDay } from '../value/columns/instant-vector.js';
import type { ColumnSpec } from '../value/types.js';
import type { RowBlock, RowSelection } from './folds/row-block.js';

/** Puts observations side by side. */
export function createObservationBlock(columns: readonly Pick<ColumnSpec, 'type'>[], capacity: number) {
  const vectors = columns.map(({ type }) => columnVector(type, capacity));
  const [days, timeDays] = [new Int32Array(capacity), new Int32Array(capacity)];
  const timeNanos = new Float64Array(capacity);
  const rows = Int32Array.from({ length: capacity }, (_, row) => row);
  const locators: string[] = [];
  const block: RowBlock = { vectors, days, timeDays, timeNanos, locate: (row) => locators[row] ?? '' };
  let count = 0;
  return {
    block,
    get isFull() {
      return count === capacity;
    },
    add({ cells, date, time, locator }: Observation): void {
      vectors.forEach((vector, position) => {
        putCell(vector, count, cells[position] ?? null);
      });
      days[count] = dayKey(date);
      timeDays[count] = dayKey(time);
      timeNanos[count] = nanosOfDay(time);
      locators[count] = locator;
      count += 1;
    },
    /** All that were added; the block starts anew. */
    take(): RowSelection {
      const selection = { rows, count };
      count = 0;
      return selection;
    },
  };
}
