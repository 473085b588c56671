import { periodContaining } from '../../period/period.js';
import type { CalendarDate, Frequency, Grain, Period } from '../../period/types.js';
import { type DayKey, dateOfKey, dayKey, NO_DAY } from '../../value/columns/day-key.js';
import type { GroupRows } from './grouped-aggregator.js';
import { withRoom } from './growing.js';
import type { RowBlock, RowSelection } from './row-block.js';

/**
 * Puts rows into the periods of one grain: each period that has a row is a group, numbered as they appear.
 *
 * A million rows have few days: the group of each day of the window is looked up once.
 */
export class PeriodGroups {
  readonly periods: Period[] = [];
  readonly #grain: Frequency | Grain;
  readonly #firstDay: DayKey;
  /** By day since the first of the window: the number of its group plus 1, 0 where no row has asked. */
  readonly #groupOfDay: Int32Array;
  readonly #groupOfPeriod = new Map<string, number>();
  #rows = new Float64Array(0);
  #newest = new Float64Array(0);
  #groups = new Int32Array(0);

  /** @param window half-open; every row lies inside */
  constructor(grain: Frequency | Grain, window: { readonly start: CalendarDate; readonly end: CalendarDate }) {
    this.#grain = grain;
    this.#firstDay = dayKey(window.start);
    this.#groupOfDay = new Int32Array(Math.max(dayKey(window.end) - this.#firstDay, 0));
  }

  /** Counts the rows in, and gives the group of each at its own number: valid until the next are placed. */
  place({ days }: RowBlock, { rows, count }: RowSelection): Int32Array {
    if (this.#groups.length < rows.length) this.#groups = new Int32Array(rows.length);
    const [groups, groupOfDay, firstDay] = [this.#groups, this.#groupOfDay, this.#firstDay];
    let [tally, newest] = [this.#rows, this.#newest];
    for (let index = 0; index < count; index++) {
      const row = rows[index] ?? 0;
      const day = days[row] ?? NO_DAY;
      let group = (groupOfDay[day - firstDay] ?? 0) - 1;
      if (group < 0) {
        group = this.#groupOf(day);
        tally = this.#rows;
        newest = this.#newest;
      }
      groups[row] = group;
      tally[group] = (tally[group] ?? 0) + 1;
      if (day > (newest[group] ?? 0)) newest[group] = day;
    }
    return groups;
  }

  /** Counts rows of one day in, and gives their group. */
  placeDay(date: CalendarDate, rows: number): number {
    const day = dayKey(date);
    const group = this.#groupOf(day);
    this.#rows[group] = (this.#rows[group] ?? 0) + rows;
    if (rows > 0) this.#newest[group] = Math.max(this.#newest[group] ?? 0, day);
    return group;
  }

  rowsOf(group: number): GroupRows {
    const rows = this.#rows[group] ?? 0;
    return rows === 0 ? { rows } : { rows, newest: dateOfKey(this.#newest[group] ?? 0) };
  }

  /** The group of a period; `undefined` where it has no row. */
  find(period: Period): number | undefined {
    const group = this.#groupOfPeriod.get(period.id);
    return group === undefined || this.rowsOf(group).rows === 0 ? undefined : group;
  }

  #groupOf(day: DayKey): number {
    const period = periodContaining(dateOfKey(day), this.#grain);
    let group = this.#groupOfPeriod.get(period.id);
    if (group === undefined) {
      group = this.periods.push(period) - 1;
      this.#groupOfPeriod.set(period.id, group);
      this.#rows = withRoom(this.#rows, group + 1);
      this.#newest = withRoom(this.#newest, group + 1);
    }
    this.#groupOfDay[day - this.#firstDay] = group + 1;
    return group;
  }
}
