import { isUtf8 } from 'node:buffer';
import type { FieldPacket } from 'mysql2';
import type { SlicedRows } from '#connectors/sdk/sliced-rows.js';
import { CHUNK_ROWS, type LocateColumns, type ResultRow } from './dialect.js';
import { type CellReader, cellForm, cellReader, offsetOf } from './mysql-cells.js';
import type { BeginChunks, ChunkBuilder, PrintedRow } from './mysql-rows.js';

/** Rows and bytes that wake a reader; what else came in the same piece over the wire is added. */
const ENOUGH_ROWS = 4_096;
const ENOUGH_BYTES = 262_144;
/** Bytes up to which a loop copies faster than a call. */
const SHORT = 40;

/** Rows whose cells are texts. */
export function rowChunks(locate: LocateColumns): BeginChunks<readonly ResultRow[]> {
  return (fields) => {
    const columns = located(fields, locate).map(({ index, field }) => ({ index, read: cellReader(field) }));
    let rows: ResultRow[] = [];
    let bytes = 0;
    return {
      add(row) {
        bytes += sizeOf(row);
        rows.push(columns.map(({ index, read }) => read(row[index] ?? null)));
        return rows.length >= CHUNK_ROWS || bytes >= ENOUGH_BYTES;
      },
      take() {
        const taken = { chunks: inPieces(rows), bytes };
        rows = [];
        bytes = 0;
        return taken;
      },
    };
  };
}

/** Rows whose cells stay as they came; rows of texts where one of the columns asked for may hold what has none. */
export function slicedChunks(locate: LocateColumns): BeginChunks<SlicedRows | readonly ResultRow[]> {
  return (fields) => {
    const columns = located(fields, locate).map(({ index, field }) => ({ index, field, form: cellForm(field) }));
    if (columns.some(({ form }) => form === 'without_text')) return rowChunks(locate)(fields);
    const indexes = Int32Array.from(columns, ({ index }) => index);
    const convert = columns.map(({ field, form }) => (form === 'converted' ? cellReader(field) : undefined));
    const offsets = columns
      .map(({ field }) => offsetOf(field))
      .map((text) => (text === '' ? undefined : Buffer.from(text)));
    return slices(indexes, convert, offsets);
  };
}

/**
 * @param convert of each column, where its cells are not taken as they came
 * @param offsets of each column, where something follows its cells
 */
function slices(
  indexes: Int32Array,
  convert: readonly (CellReader | undefined)[],
  offsets: readonly (Buffer | undefined)[],
): ChunkBuilder<SlicedRows> {
  const width = indexes.length;
  let bytes = Buffer.allocUnsafe(2 * ENOUGH_BYTES);
  let bounds = new Int32Array(2 * ENOUGH_ROWS * width * 2);
  let rows = 0;
  let end = 0;
  let size = 0;

  const reserve = (more: number): void => {
    if (end + more <= bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, end + more));
    bytes.copy(larger, 0, 0, end);
    bytes = larger;
  };
  /** What is long or goes beyond ASCII. Bytes that are no UTF-8 become the text that shows it, as anywhere else. */
  const layText = (cell: Buffer): void => {
    const text = isUtf8(cell) ? cell : Buffer.from(cell.toString('utf8'));
    reserve(text.length);
    bytes.set(text, end);
    end += text.length;
  };
  return {
    add(row) {
      let place = rows * width * 2;
      if (place + width * 2 > bounds.length) {
        const larger = new Int32Array(bounds.length * 2);
        larger.set(bounds);
        bounds = larger;
      }
      size += sizeOf(row);
      for (let column = 0; column < width; column++) {
        const read = convert[column];
        const printed = row[indexes[column] ?? 0] ?? null;
        const cell = read === undefined ? printed : converted(read, printed);
        if (cell === null) {
          bounds[place++] = -1;
          bounds[place++] = -1;
          continue;
        }
        bounds[place++] = end;
        const { length } = cell;
        if (length > SHORT || end + SHORT > bytes.length) {
          layText(cell);
        } else {
          const target = bytes;
          const start = end;
          let seen = 0;
          for (let at = 0; at < length; at++) {
            const byte = cell[at] ?? 0;
            target[start + at] = byte;
            seen |= byte;
          }
          if (seen < 0x80) end = start + length;
          else layText(cell);
        }
        const offset = offsets[column];
        if (offset !== undefined) layText(offset);
        bounds[place++] = end;
      }
      rows += 1;
      return rows >= ENOUGH_ROWS || end >= ENOUGH_BYTES || size >= ENOUGH_BYTES;
    },
    take() {
      const chunks: SlicedRows[] = [];
      for (let from = 0; from < rows; from += ENOUGH_ROWS) {
        const length = Math.min(ENOUGH_ROWS, rows - from);
        chunks.push({ length, width, bytes, bounds: bounds.subarray(from * width * 2) });
      }
      const taken = { chunks, bytes: size };
      rows = 0;
      end = 0;
      size = 0;
      return taken;
    },
  };
}

function converted(read: CellReader, printed: Buffer | null): Buffer | null {
  const cell = read(printed);
  return typeof cell === 'string' ? Buffer.from(cell) : null;
}

function sizeOf(row: PrintedRow): number {
  let size = 0;
  for (const cell of row) if (cell !== null) size += cell.length;
  return size;
}

function inPieces(rows: readonly ResultRow[]): readonly (readonly ResultRow[])[] {
  const pieces: (readonly ResultRow[])[] = [];
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) pieces.push(rows.slice(from, from + CHUNK_ROWS));
  return pieces;
}

function located(fields: readonly FieldPacket[], locate: LocateColumns) {
  return locate(fields.map((field) => field.name)).map((index) => {
    const field = fields[index];
    if (field === undefined) throw new RangeError(`A column was located at ${index} of ${fields.length}`);
    return { index, field };
  });
}
