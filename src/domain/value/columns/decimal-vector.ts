import type { DecimalText } from '../types.js';

/** Most decimal places of a narrow cell, and its most digits: below 2^53 whatever they are. */
export const NARROW_DIGITS = 15;
/** In `places`: the cell is blank. */
export const BLANK_PLACES = 255;
/** In `places`: the cell is too wide for units, its text is in `wide`. */
export const WIDE_PLACES = 254;

/** Exact decimals: cell `row` is `units[row] / 10 ** places[row]`, which need not be in lowest terms. */
export interface DecimalVector {
  readonly kind: 'decimal';
  /** Whole numbers of at most {@link NARROW_DIGITS} digits, which a double holds exactly. */
  readonly units: Float64Array;
  readonly places: Uint8Array;
  /** Canonical texts of the cells that have more digits, by row. */
  readonly wide: Map<number, DecimalText>;
}

export function decimalVector(capacity: number): DecimalVector {
  return {
    kind: 'decimal',
    units: new Float64Array(capacity),
    places: new Uint8Array(capacity).fill(BLANK_PLACES),
    wide: new Map(),
  };
}

export function putDecimal(vector: DecimalVector, row: number, text: DecimalText | null): void {
  if (text === null) {
    vector.places[row] = BLANK_PLACES;
    return;
  }
  const point = text.indexOf('.');
  const negative = text.startsWith('-');
  if (text.length - (point < 0 ? 0 : 1) - (negative ? 1 : 0) > NARROW_DIGITS) {
    vector.places[row] = WIDE_PLACES;
    vector.wide.set(row, text);
    return;
  }
  let units = 0;
  for (let at = negative ? 1 : 0; at < text.length; at++) {
    if (at !== point) units = units * 10 + text.charCodeAt(at) - 48;
  }
  vector.units[row] = negative ? -units : units;
  vector.places[row] = point < 0 ? 0 : text.length - point - 1;
}

/** The cell in canonical form. */
export function decimalAt(vector: DecimalVector, row: number): DecimalText | null {
  const places = vector.places[row] ?? BLANK_PLACES;
  if (places === BLANK_PLACES) return null;
  return places === WIDE_PLACES ? wideAt(vector, row) : narrowText(vector.units[row] ?? 0, places);
}

/** The text of a cell whose places are {@link WIDE_PLACES}. */
export function wideAt(vector: DecimalVector, row: number): DecimalText {
  const text = vector.wide.get(row);
  if (text === undefined) throw new RangeError(`no wide decimal in row ${row}`);
  return text;
}

/** A whole number of units as text: `narrowText(150, 2)` is `1.5`. */
export function narrowText(units: number, places: number): DecimalText {
  if (units === 0) return '0';
  const sign = units < 0 ? '-' : '';
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - places);
  return places === 0 || fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}
