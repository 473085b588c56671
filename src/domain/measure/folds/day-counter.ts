import type { CalendarDate } from '../../period/types.js';
import { isBlankAt } from '../../value/columns/column-vector.js';
import { type DayKey, dateOfKey, dayKey, NO_DAY } from '../../value/columns/day-key.js';
import type { AggregatePart } from '../aggregate-part.js';
import { valueColumns } from '../aggregation-columns.js';
import type { Aggregation } from '../types.js';
import type { ColumnAccess } from './column-access.js';
import { withRoom } from './growing.js';
import { type RowBlock, type RowSelection, vectorOf } from './row-block.js';

/** Whether a row is expected on a day. */
export type ExpectedDay = (day: CalendarDate) => boolean;

/** Counts the different days of each group on which rows are expected and were seen. */
export interface DayCounter {
  /** Takes rows that passed the measure's filter. */
  take(block: RowBlock, selection: RowSelection, groups: Int32Array): void;
  takePart(group: number, part: AggregatePart): void;
  count(group: number): number;
}

/**
 * A row whose value cell is blank was not seen; of a ratio every row that passed its filter was. Where groups are of units
 * a day is in many of them, and counts in each.
 */
export function createDayCounter(aggregation: Aggregation, access: ColumnAccess, expectedDay: ExpectedDay): DayCounter {
  const positions =
    aggregation.kind === 'ratio' ? [] : valueColumns(aggregation).map((name) => access.find(name).position);
  const seen: Set<DayKey>[] = [];
  let counts = new Float64Array(0);
  const see = (group: number, day: DayKey): void => {
    const days = seen[group] ?? new Set();
    seen[group] = days;
    if (days.has(day)) return;
    days.add(day);
    if (!expectedDay(dateOfKey(day))) return;
    counts = withRoom(counts, group + 1);
    counts[group] = (counts[group] ?? 0) + 1;
  };
  return {
    take(block, { rows, count }, groups) {
      const vectors = positions.map((position) => vectorOf(block, position));
      let latest: DayKey = NO_DAY;
      let latestGroup = -1;
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        const day = block.days[row] ?? NO_DAY;
        const group = groups[row] ?? 0;
        if ((day === latest && group === latestGroup) || vectors.some((vector) => isBlankAt(vector, row))) continue;
        latest = day;
        latestGroup = group;
        see(group, day);
      }
    },
    takePart(group, { tally, newest }) {
      if (tally.used > 0 && newest !== undefined) see(group, dayKey(newest));
    },
    count: (group) => counts[group] ?? 0,
  };
}
