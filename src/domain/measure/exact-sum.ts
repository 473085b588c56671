import type { DecimalText } from '../value/types.js';

/**
 * Adds canonical decimals exactly, whatever their number and size.
 *
 * Kept as one whole number per count of decimal places, since adding whole numbers is several times faster than
 * adding decimals, and a period may have millions of rows.
 */
export class ExactSum {
  readonly #unitsByPlaces: bigint[] = [];

  add(text: DecimalText): void {
    const point = text.indexOf('.');
    const places = point === -1 ? 0 : text.length - point - 1;
    this.addUnits(BigInt(point === -1 ? text : text.slice(0, point) + text.slice(point + 1)), places);
  }

  /** Adds `units / 10 ** places`. */
  addUnits(units: bigint, places: number): void {
    for (let missing = this.#unitsByPlaces.length; missing <= places; missing++) this.#unitsByPlaces.push(0n);
    this.#unitsByPlaces[places] = (this.#unitsByPlaces[places] ?? 0n) + units;
  }

  /** The sum so far in canonical form; `0` when nothing was added. */
  total(): DecimalText {
    const places = Math.max(this.#unitsByPlaces.length - 1, 0);
    let units = 0n;
    for (const each of this.#unitsByPlaces) units = units * 10n + each;
    return textOf(units, places);
  }
}

function textOf(units: bigint, places: number): DecimalText {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
