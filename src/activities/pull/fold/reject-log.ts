import { type DayKey, dayKey } from '#src/domain/value/columns/day-key.js';
import type { RejectRecord } from '#src/store/types.js';

/** Records kept; more would never be stored. All rows are counted. */
const KEPT_REJECTS = 10_000;

/** What a pull rejected: every row is counted, with its day where that is known; of the first the records are kept. */
export interface RejectLog {
  readonly records: readonly RejectRecord[];
  readonly rows: number;
  /** Rejected rows whose day is not known: any period may miss them. */
  readonly undated: number;
  /** Counts a row, whose records `problems` makes: it is asked only while they are kept. */
  add(date: string | undefined, problems: () => readonly Omit<RejectRecord, 'ordinal'>[]): void;
  /** Rejected rows of the days `[start, end)`. */
  rowsIn(period: { readonly start: string; readonly end: string }): number;
}

export function createRejectLog(): RejectLog {
  const records: RejectRecord[] = [];
  const rowsByDay = new Map<DayKey, number>();
  let rows = 0;
  let undated = 0;
  return {
    records,
    get rows() {
      return rows;
    },
    get undated() {
      return undated;
    },
    add(date, problems) {
      rows += 1;
      if (date === undefined) {
        undated += 1;
      } else {
        const day = dayKey(date);
        rowsByDay.set(day, (rowsByDay.get(day) ?? 0) + 1);
      }
      if (records.length >= KEPT_REJECTS) return;
      for (const problem of problems()) records.push({ ordinal: records.length, ...problem });
    },
    rowsIn({ start, end }) {
      const [first, after] = [dayKey(start), dayKey(end)];
      let total = 0;
      for (const [day, count] of rowsByDay) if (day >= first && day < after) total += count;
      return total;
    },
  };
}
