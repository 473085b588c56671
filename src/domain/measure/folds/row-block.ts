import { PlumblineError } from '../../failure/plumbline-error.js';
import { BLANK_BOOLEAN, type BooleanVector, type ColumnVector } from '../../value/columns/column-vector.js';
import type { DayKey } from '../../value/columns/day-key.js';
import { BLANK_PLACES, type DecimalVector } from '../../value/columns/decimal-vector.js';

/** Some typed rows, side by side. What is said of a row lies at its number. */
export interface RowBlock {
  /** By position of the extract's columns; only those that somebody needs have to be there. */
  readonly vectors: readonly (ColumnVector | undefined)[];
  /** The day a row belongs to, in the measures' zone. */
  readonly days: ArrayLike<DayKey>;
  /** When a row is: the day as its source has it, and the time since that began, where the source has one. */
  readonly timeDays: ArrayLike<DayKey>;
  readonly timeNanos: ArrayLike<number> | undefined;
  /** Place in the source, for people. */
  locate(row: number): string;
}

/** Which rows of a block are meant: the first `count` numbers of `rows`. */
export interface RowSelection {
  readonly rows: Int32Array;
  readonly count: number;
}

export function vectorOf(block: RowBlock, position: number): ColumnVector {
  const vector = block.vectors[position];
  if (vector === undefined) {
    throw new PlumblineError('defect', 'BUG_UNKNOWN_COLUMN', `Aggregating rows: the block has no column ${position}`);
  }
  return vector;
}

export function decimalsOf(block: RowBlock, position: number): DecimalVector {
  const vector = vectorOf(block, position);
  if (vector.kind === 'decimal') return vector;
  const message = `Aggregating column ${position}: it holds ${vector.kind} cells, not decimals`;
  throw new PlumblineError('defect', 'BUG_UNKNOWN_COLUMN', message);
}

/** What has a first, last, least and greatest: the decimals of a column, or its booleans as 1 for true and 0 for false. */
export function numbersOf(block: RowBlock, position: number): DecimalVector {
  const vector = vectorOf(block, position);
  return vector.kind === 'boolean' ? asDecimals(vector) : decimalsOf(block, position);
}

function asDecimals({ values }: BooleanVector): DecimalVector {
  const places = values.map((value) => (value === BLANK_BOOLEAN ? BLANK_PLACES : 0));
  return { kind: 'decimal', units: Float64Array.from(values), places, wide: new Map() };
}
