import { cellAt } from '../../value/columns/column-vector.js';
import { type DayKey, dateOfKey } from '../../value/columns/day-key.js';
import type { GroupRows } from './grouped-aggregator.js';
import { withRoom } from './growing.js';
import type { PeriodGroups } from './period-groups.js';
import { type RowBlock, type RowSelection, vectorOf } from './row-block.js';

/** Rows that belong to a unit, each with its group. Valid until the next are placed. */
export interface PlacedRows {
  readonly selection: RowSelection;
  readonly groups: Int32Array;
}

/** In the place of a group: the period has none for this unit yet. */
const NONE = -1;

/**
 * Puts rows into the units and periods they are of: each pair that has a row is a group, numbered as they appear.
 *
 * Units are told by the text of a column. Rows of no known unit, blank ones among them, are left out and counted.
 */
export class UnitGroups {
  /** By group: the number of its unit, as `keys` has it, and of its period in `periods`. */
  readonly unitOf: number[] = [];
  readonly periodOf: number[] = [];
  /** Texts that name no unit, the first few, with the number of rows of all. */
  readonly unknown: { readonly texts: Set<string>; rows: number } = { texts: new Set(), rows: 0 };
  readonly #keys: ReadonlyMap<string, number>;
  readonly #position: number;
  readonly #periods: PeriodGroups;
  /** By period, then by unit. */
  readonly #groups: Int32Array[] = [];
  #rows = new Float64Array(0);
  #newest = new Float64Array(0);
  #placed = new Int32Array(0);
  #kept = new Int32Array(0);

  /**
   * @param periods by which rows are placed first
   * @param position of the column that names the unit
   * @param keys number of each unit by what names it
   */
  constructor(periods: PeriodGroups, position: number, keys: ReadonlyMap<string, number>) {
    this.#periods = periods;
    this.#position = position;
    this.#keys = keys;
  }

  get count(): number {
    return this.unitOf.length;
  }

  /** @param periodOfRow group of each row by its period alone */
  place(block: RowBlock, { rows, count }: RowSelection, periodOfRow: Int32Array): PlacedRows {
    if (this.#placed.length < rows.length) {
      this.#placed = new Int32Array(rows.length);
      this.#kept = new Int32Array(rows.length);
    }
    const vector = vectorOf(block, this.#position);
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const row = rows[index] ?? 0;
      const cell = cellAt(vector, row);
      const unit = typeof cell === 'string' ? this.#keys.get(cell) : undefined;
      if (unit === undefined) {
        this.#addUnknown(cell === null ? '' : String(cell), 1);
        continue;
      }
      const group = this.#groupOf(unit, periodOfRow[row] ?? 0);
      this.#placed[row] = group;
      this.#kept[kept++] = row;
      this.#count(group, 1, block.days[row] ?? 0);
    }
    return { selection: { rows: this.#kept, count: kept }, groups: this.#placed };
  }

  /** Counts rows of one unit and day in, and gives their group; `undefined` where no unit is so named. */
  placeDay(text: string | null, period: number, day: DayKey, rows: number): number | undefined {
    const unit = text === null ? undefined : this.#keys.get(text);
    if (unit === undefined) {
      this.#addUnknown(text ?? '', rows);
      return undefined;
    }
    const group = this.#groupOf(unit, period);
    this.#count(group, rows, day);
    return group;
  }

  rowsOf(group: number): GroupRows {
    const rows = this.#rows[group] ?? 0;
    return rows === 0 ? { rows } : { rows, newest: dateOfKey(this.#newest[group] ?? 0) };
  }

  /** The group of a unit in a period, given by its number in `periods`; `undefined` where it has no row. */
  find(unit: number, period: number): number | undefined {
    const group = this.#groups[period]?.[unit] ?? NONE;
    return group === NONE || this.rowsOf(group).rows === 0 ? undefined : group;
  }

  /** The periods that rows were placed in. */
  get periods(): PeriodGroups {
    return this.#periods;
  }

  #groupOf(unit: number, period: number): number {
    let ofPeriod = this.#groups[period];
    if (ofPeriod === undefined) {
      ofPeriod = new Int32Array(this.#keys.size).fill(NONE);
      this.#groups[period] = ofPeriod;
    }
    const known = ofPeriod[unit] ?? NONE;
    if (known !== NONE) return known;
    const group = this.unitOf.push(unit) - 1;
    this.periodOf.push(period);
    ofPeriod[unit] = group;
    this.#rows = withRoom(this.#rows, group + 1);
    this.#newest = withRoom(this.#newest, group + 1);
    return group;
  }

  #count(group: number, rows: number, day: DayKey): void {
    this.#rows[group] = (this.#rows[group] ?? 0) + rows;
    if (rows > 0 && day > (this.#newest[group] ?? 0)) this.#newest[group] = day;
  }

  #addUnknown(text: string, rows: number): void {
    this.unknown.rows += rows;
    if (this.unknown.texts.size < SHOWN) this.unknown.texts.add(text);
  }
}

const SHOWN = 5;
