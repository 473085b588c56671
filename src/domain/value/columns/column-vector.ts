import type { ColumnType, TypedCell } from '../types.js';
import { dateOfKey, dayKey, NO_DAY } from './day-key.js';
import { BLANK_PLACES, type DecimalVector, decimalAt, decimalVector, putDecimal } from './decimal-vector.js';
import { type InstantVector, instantAt, instantVector, putInstant } from './instant-vector.js';
import { NULL_CELL, type RawColumn, textColumn, UNSLICED } from './raw-column.js';

/** Days by their keys; `NO_DAY` where the cell is blank. */
export interface DateVector {
  readonly kind: 'date';
  readonly days: Int32Array;
}

/** 0 is false, 1 is true; {@link BLANK_BOOLEAN} where the cell is blank. */
export interface BooleanVector {
  readonly kind: 'boolean';
  readonly values: Uint8Array;
}

/** Texts, which are made only where somebody asks. */
export interface TextVector {
  readonly kind: 'text';
  /** Cells that are still raw; a text cell is kept as it is, so the raw cell is the value. */
  raw: RawColumn;
  /** Cells that were put in one by one. */
  readonly texts: (string | null)[];
}

/** Typed cells of one column, side by side. Columns of decimals, of integers and of ordinals are all decimals. */
export type ColumnVector = DecimalVector | DateVector | InstantVector | BooleanVector | TextVector;

export const BLANK_BOOLEAN = 255;

export function columnVector(type: ColumnType, capacity: number): ColumnVector {
  switch (type) {
    case 'decimal':
    case 'integer':
    case 'ordinal':
      return decimalVector(capacity);
    case 'date':
      return { kind: 'date', days: new Int32Array(capacity).fill(NO_DAY) };
    case 'datetime':
      return instantVector(capacity);
    case 'boolean':
      return { kind: 'boolean', values: new Uint8Array(capacity).fill(BLANK_BOOLEAN) };
    case 'text':
      return textVector();
  }
}

function textVector(): TextVector {
  const texts: (string | null)[] = [];
  return { kind: 'text', raw: textColumn((row) => texts[row] ?? null), texts };
}

/** A cell in the form that filters, keys and people know. */
export function cellAt(vector: ColumnVector, row: number): TypedCell {
  switch (vector.kind) {
    case 'decimal':
      return decimalAt(vector, row);
    case 'date': {
      const day = vector.days[row] ?? NO_DAY;
      return day === NO_DAY ? null : dateOfKey(day);
    }
    case 'datetime':
      return instantAt(vector, row);
    case 'boolean': {
      const value = vector.values[row] ?? BLANK_BOOLEAN;
      return value === BLANK_BOOLEAN ? null : value === 1;
    }
    case 'text':
      return vector.raw.textAt(row);
  }
}

/** Puts a typed cell in; one of another type is a blank. */
export function putCell(vector: ColumnVector, row: number, cell: TypedCell): void {
  const text = typeof cell === 'string' ? cell : null;
  switch (vector.kind) {
    case 'decimal':
      putDecimal(vector, row, text);
      break;
    case 'date':
      vector.days[row] = text === null ? NO_DAY : dayKey(text);
      break;
    case 'datetime':
      putInstant(vector, row, text);
      break;
    case 'boolean':
      vector.values[row] = typeof cell === 'boolean' ? (cell ? 1 : 0) : BLANK_BOOLEAN;
      break;
    case 'text':
      vector.texts[row] = text;
      break;
  }
}

/** Copies one cell between two vectors of one column. */
export function copyCell(from: ColumnVector, row: number, to: ColumnVector, at: number): void {
  if (from.kind === 'decimal' && to.kind === 'decimal') {
    to.units[at] = from.units[row] ?? 0;
    to.places[at] = from.places[row] ?? 0;
    const wide = from.wide.get(row);
    if (wide !== undefined) to.wide.set(at, wide);
  } else {
    putCell(to, at, cellAt(from, row));
  }
}

function isBlankText({ raw }: TextVector, row: number): boolean {
  const start = raw.bounds[raw.first + row * raw.stride];
  return start === NULL_CELL || (start === UNSLICED && raw.textAt(row) === null);
}

/** Whether a cell is blank, without making a text of it. */
export function isBlankAt(vector: ColumnVector, row: number): boolean {
  switch (vector.kind) {
    case 'decimal':
      return vector.places[row] === BLANK_PLACES;
    case 'date':
    case 'datetime':
      return vector.days[row] === NO_DAY;
    case 'boolean':
      return vector.values[row] === BLANK_BOOLEAN;
    case 'text':
      return isBlankText(vector, row);
  }
}
