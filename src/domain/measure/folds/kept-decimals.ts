import { type DecimalVector, narrowText, WIDE_PLACES, wideAt } from '../../value/columns/decimal-vector.js';
import type { DecimalText } from '../../value/types.js';
import { compareDecimalTexts } from '../cell-order.js';

const FIRST_ROOM = 16;

/** Decimals of one group that all have to be kept, as compactly as they came, and in order where somebody asks. */
export class KeptDecimals {
  #units = new Float64Array(FIRST_ROOM);
  #places = new Uint8Array(FIRST_ROOM);
  readonly #wide: DecimalText[] = [];
  #narrow = 0;

  get length(): number {
    return this.#narrow + this.#wide.length;
  }

  /** Keeps a cell that is not blank. */
  add(vector: DecimalVector, row: number): void {
    const places = vector.places[row] ?? 0;
    if (places === WIDE_PLACES) {
      this.#wide.push(wideAt(vector, row));
      return;
    }
    if (this.#narrow === this.#units.length) this.#grow();
    this.#units[this.#narrow] = vector.units[row] ?? 0;
    this.#places[this.#narrow] = places;
    this.#narrow += 1;
  }

  /** The cell of a place from 0 in ascending order; good until another one is kept. */
  sorted(): (index: number) => DecimalText {
    const [units, places] = [this.#units.subarray(0, this.#narrow), this.#places.subarray(0, this.#narrow)];
    const most = places.reduce((a, b) => Math.max(a, b), 0);
    // Whole numbers of the same places sort as themselves, as long as none outgrows what a double holds.
    const scaled = units.map((unit, index) => unit * 10 ** (most - (places[index] ?? 0)));
    if (this.#wide.length === 0 && scaled.every((unit) => Math.abs(unit) <= Number.MAX_SAFE_INTEGER)) {
      scaled.sort();
      return (index) => narrowText(scaled[index] ?? 0, most);
    }
    const texts = [...this.#wide];
    for (const [index, unit] of units.entries()) texts.push(narrowText(unit, places[index] ?? 0));
    texts.sort(compareDecimalTexts);
    return (index) => texts[index] ?? '0';
  }

  #grow(): void {
    const [units, places] = [new Float64Array(this.#narrow * 2), new Uint8Array(this.#narrow * 2)];
    units.set(this.#units);
    places.set(this.#places);
    this.#units = units;
    this.#places = places;
  }
}
