import type { Extract } from '#src/config/types.js';
import type { RowBlock } from '#src/domain/measure/folds/row-block.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { createColumnTyping } from '#src/domain/value/columns/column-typing.js';
import type { ColumnVector } from '#src/domain/value/columns/column-vector.js';
import { dateOfKey, dayKey, NO_DAY } from '#src/domain/value/columns/day-key.js';
import { zoneDays } from '#src/domain/value/columns/zone-days.js';
import { rejected } from '#src/domain/value/reading.js';
import type { ColumnSpec, Reading, TypedCell } from '#src/domain/value/types.js';
import type { RejectRecord } from '#src/store/types.js';
import { createLabelPlacing, notALabel } from './label-placing.js';
import { BLOCK_ROWS, type RawBlock } from './raw-blocks.js';
import { BAD, OUTSIDE, OUTSIDE_WITHOUT_KEY, USABLE } from './row-fates.js';

/** Days wanted, half-open. */
export interface Window {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

const BLANK_TIME = rejected(
  'blank_required',
  'the cell is blank, and without a time the row is of no day',
  'a value; or name another column as time: of the extract',
);

/** Typed rows of a raw block. Valid until the next block is typed. */
export interface TypedBlock extends RowBlock {
  readonly length: number;
  /** Rows outside the window. */
  readonly outside: number;
  /** By row: {@link USABLE}, {@link BAD}, … */
  readonly fates: Uint8Array;
}

export interface BlockTyping {
  type(raw: RawBlock): TypedBlock;
  /** Day of a bad row, where its time column could be read. */
  dayOf(row: number): CalendarDate | undefined;
  /** The latest day of all rows so far, those outside the window too. */
  readonly newestDay: CalendarDate | undefined;
  /** Every bad cell of a row, in the order of the columns; a blank time is one whether or not its column is required. */
  problemsOf(raw: RawBlock, row: number): Omit<RejectRecord, 'ordinal'>[];
}

/**
 * Types the rows of an extract, a column at a time.
 *
 * The time column goes first, so that of rows outside the window nothing else is read but their keys. A row with one bad
 * cell is bad as a whole; what is wrong with it is found by reading its cells once more, one by one.
 */
export function createBlockTyping(extract: Extract, window: Window, timeZone: string): BlockTyping {
  const typings = extract.columns.map((column) => createColumnTyping(column, BLOCK_ROWS));
  const vectors = typings.map(({ vector }) => vector);
  const timePosition = positionOf(extract.columns, extract.timeColumn);
  const keyPositions = keyPositionsOf(extract).filter((position) => position !== timePosition);
  const placeDays = createDayPlacing(vectors[timePosition], timeZone);
  const placeLabels = createLabelPlacing(extract.grain);
  const [firstDay, endDay] = [dayKey(window.start), dayKey(window.end)];
  const fates = new Uint8Array(BLOCK_ROWS);
  const everyRow = Int32Array.from({ length: BLOCK_ROWS }, (_, row) => row);
  const wanted = new Int32Array(BLOCK_ROWS);
  const keyMarks = new Uint8Array(BLOCK_ROWS);
  const days = new Int32Array(BLOCK_ROWS);
  let newestDay = NO_DAY;

  const typeColumn = (raw: RawBlock, position: number, rows: Int32Array, count: number, marks: Uint8Array): void => {
    const column = raw.columns[position];
    if (column !== undefined) typings[position]?.type(column, rows, count, marks);
  };
  return {
    type(raw) {
      const { length } = raw;
      fates.fill(USABLE, 0, length);
      typeColumn(raw, timePosition, everyRow, length, fates);
      const time = placeDays(days, fates, length);
      placeLabels(days, fates, length);
      let [wantedCount, outside] = [0, 0];
      for (let row = 0; row < length; row++) {
        const day = days[row] ?? NO_DAY;
        if (day > newestDay) newestDay = day;
        if (day === NO_DAY) {
          fates[row] = BAD;
        } else if (day >= firstDay && day < endDay) {
          wanted[wantedCount++] = row;
        } else {
          fates[row] = OUTSIDE;
          outside += 1;
        }
      }
      for (const position of typings.keys()) {
        if (position === timePosition) continue;
        if (!keyPositions.includes(position)) typeColumn(raw, position, wanted, wantedCount, fates);
        else typeColumn(raw, position, everyRow, length, keyMarks);
      }
      if (keyPositions.length > 0) applyKeyMarks(keyMarks, fates, length);
      return { ...time, vectors, days, fates, length, outside, locate: raw.locate };
    },
    get newestDay() {
      return newestDay === NO_DAY ? undefined : dateOfKey(newestDay);
    },
    dayOf(row) {
      const day = days[row] ?? NO_DAY;
      return day === NO_DAY ? undefined : dateOfKey(day);
    },
    problemsOf(raw, row) {
      const date = this.dayOf(row);
      const locator = raw.locate(row);
      return extract.columns.flatMap(({ sourceName }, position) => {
        const text = raw.columns[position]?.textAt(row) ?? null;
        const found = typings[position]?.reader(text);
        const reading = position === timePosition && date === undefined ? timeProblem(found, extract) : found;
        if (reading === undefined || reading.ok) return [];
        const place = { locator, column: sourceName, raw: text ?? '' };
        return [{ ...place, ...reading.problem, ...(date === undefined ? {} : { date }) }];
      });
    },
  };
}

/** Why a row has no day, where its time can be read. */
function timeProblem(found: Reading<TypedCell> | undefined, { grain }: Extract): Reading<TypedCell> | undefined {
  if (found?.ok !== true) return found;
  return found.value === null || grain === undefined ? BLANK_TIME : notALabel(grain);
}

/** A row whose key cannot be read is bad where it is wanted, and nobody's duplicate where it is not. */
function applyKeyMarks(keyMarks: Uint8Array, fates: Uint8Array, length: number): void {
  for (let row = 0; row < length; row++) {
    if (keyMarks[row] === 1) fates[row] = fates[row] === OUTSIDE ? OUTSIDE_WITHOUT_KEY : BAD;
    keyMarks[row] = 0;
  }
}

type DayPlacing = (days: Int32Array, fates: Uint8Array, length: number) => Pick<RowBlock, 'timeDays' | 'timeNanos'>;

/** Puts each row into a day of the measures' zone; one whose time is blank or cannot be read has none. */
function createDayPlacing(vector: ColumnVector | undefined, timeZone: string): DayPlacing {
  if (vector?.kind === 'date') {
    return (days, fates, length) => {
      for (let row = 0; row < length; row++) days[row] = fates[row] === BAD ? NO_DAY : (vector.days[row] ?? NO_DAY);
      return { timeDays: vector.days, timeNanos: undefined };
    };
  }
  if (vector?.kind === 'datetime') {
    const dayInZone = zoneDays(timeZone);
    return (days, fates, length) => {
      for (let row = 0; row < length; row++) {
        const day = vector.days[row] ?? NO_DAY;
        days[row] = fates[row] === BAD || day === NO_DAY ? NO_DAY : dayInZone(day, vector.nanos[row] ?? 0);
      }
      return { timeDays: vector.days, timeNanos: vector.nanos };
    };
  }
  throw new RangeError(`a ${vector?.kind ?? 'missing'} column places no row in time`);
}

/** Positions of the columns that make up a row's key; none where every row counts. */
export function keyPositionsOf({ columns, duplicates }: Extract): readonly number[] {
  return duplicates.keep === 'all' ? [] : duplicates.key.map((name) => positionOf(columns, name));
}

function positionOf(columns: readonly ColumnSpec[], name: string): number {
  const position = columns.findIndex((column) => column.name === name);
  if (position < 0) throw new RangeError(`the extract has no column "${name}"`);
  return position;
}
