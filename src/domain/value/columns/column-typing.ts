import { createCellReader } from '../read-cell.js';
import type { ColumnSpec } from '../types.js';
import { booleanSlices } from './boolean-slices.js';
import { type ColumnVector, columnVector, putCell } from './column-vector.js';
import { dateSlices } from './date-slices.js';
import { decimalSlices } from './decimal-slices.js';
import { instantSlices } from './instant-slices.js';
import type { RawColumn } from './raw-column.js';
import { type CellReader, eachSlice, type SliceReader } from './slice-reader.js';
import { textSlices } from './text-slices.js';

/** Readings remembered of a column before starting over, and the longest text among them. */
const REMEMBERED = 4096;
const LONGEST_REMEMBERED = 64;

/** Types the cells of one column, many at a time. */
export interface ColumnTyping {
  /** The column's grammar, which decides whatever the fast way is not sure of. */
  readonly reader: CellReader;
  readonly vector: ColumnVector;
  /**
   * Types the cells of the first `count` rows that `rows` names; each goes to its own row of the vector. A row whose cell
   * cannot be used gets a 1 in `bad`.
   */
  type(raw: RawColumn, rows: Int32Array, count: number, bad: Uint8Array): void;
}

/** Compiles a column; see `createCellReader`, whose readings these are. `capacity`: rows typed at a time. */
export function createColumnTyping(column: ColumnSpec, capacity: number): ColumnTyping {
  const reader = createCellReader(column);
  const remembering = column.type === 'text' ? reader : rememberingReader(reader);
  const vector = columnVector(column.type, capacity);
  const slices = slicesOf(column, reader, vector);
  const unusual = new Int32Array(capacity);
  const ask = (raw: RawColumn, row: number, bad: Uint8Array): void => {
    const reading = remembering(raw.textAt(row));
    if (!reading.ok) bad[row] = 1;
    else putCell(vector, row, reading.value);
  };
  return {
    reader,
    vector,
    type(raw, rows, count, bad) {
      if (vector.kind === 'text') vector.raw = raw;
      if (vector.kind === 'decimal') vector.wide.clear();
      const left = slices(raw, rows, count, unusual);
      for (let index = 0; index < left; index++) ask(raw, unusual[index] ?? 0, bad);
    },
  };
}

/** What is unusual seldom comes once: `n/a`, a date of an odd pattern, the same amount with group separators. */
function rememberingReader(reader: CellReader): CellReader {
  const readings = new Map<string, ReturnType<CellReader>>();
  return (raw) => {
    if (raw === null || raw.length > LONGEST_REMEMBERED) return reader(raw);
    const known = readings.get(raw);
    if (known !== undefined) return known;
    const reading = reader(raw);
    if (readings.size >= REMEMBERED) readings.clear();
    readings.set(raw, reading);
    return reading;
  };
}

/** Of words there are few, and what stands for a blank the grammar knows, so that remembering what they mean is fast enough. */
const noSlice = eachSlice(() => false);

function slicesOf(column: ColumnSpec, reader: CellReader, vector: ColumnVector): SliceReader {
  if (column.type === 'ordinal' || column.blanks !== undefined) return noSlice;
  switch (vector.kind) {
    case 'decimal':
      return decimalSlices(column.type === 'integer', reader, vector);
    case 'date':
      return dateSlices(column, vector);
    case 'datetime':
      return instantSlices(column, reader, vector);
    case 'boolean':
      return booleanSlices(reader, vector);
    case 'text':
      return textSlices;
  }
}
