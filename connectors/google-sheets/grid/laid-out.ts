import { createLayout } from '#connectors/sdk/layout/create-layout.js';
import type { Layout } from '#connectors/sdk/layout/layout-options.js';
import type { LaidOut, LaidOutRow, LayoutRecord } from '#connectors/sdk/layout/types.js';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import type { Batch, RawCell, RawReject } from '#connectors/sdk/types.js';
import type { CellProblem } from '#src/domain/value/types.js';
import { placeOf } from './a1.js';
import { type CellWriter, isErrorCell, plainText, type SheetCell } from './cells.js';
import { type Grid, readHeader } from './header.js';
import { headerOf, type TableRequest } from './table.js';

const BATCH_ROWS = 5_000;

/** Which writer a cell gets: in a layout its column alone does not say what it is read as. */
interface Writers {
  heading(column: number): CellWriter | undefined;
  cell(row: number, column: number, key: RawCell): CellWriter | undefined;
}

/**
 * Rows that a layout makes of a range: dates across, single cells, keys beside values.
 *
 * A cell that cannot be written as its column reads is told to the layout, which rejects what it would be part of.
 *
 * @returns notes of the layout
 */
export function* laidOutBatches(
  grid: Grid,
  layout: Layout,
  request: TableRequest,
  guard: ReadGuard,
): Generator<Batch, readonly string[], void> {
  const place = placeOf(grid.tab, grid.top, grid.left);
  const reader = createLayout(layout, request.columns, place);
  const isCells = layout.kind === 'cell';
  const header = isCells ? readHeader(grid, Math.min(request.headerRows, 1), '', false) : headerOf(grid, request);
  if (header === undefined) return [];
  const names = header.names;
  const writers = writersFor(layout, request, names);
  const headings = header.cells.map((cell, column) =>
    isHeadingToWrite(cell) ? write(writers.heading(column), cell) : { text: names[column] ?? '' },
  );
  const headerRow = Math.max(header.end, 1);
  reader.begin({
    ...recordOf(isCells ? header.cells.map((cell, column) => write(writers.cell(0, column, null), cell)) : headings),
    row: header.end === 0 ? 0 : headerRow,
    locate: (column = 0) => placeOf(grid.tab, grid.top + headerRow - 1, grid.left + column),
  });

  const keyColumn = layout.kind === 'key_value' ? names.indexOf(layout.keys) : -1;
  const pieces: LaidOut[] = header.blankRows === 0 ? [] : [skipped('blank_line', header.blankRows)];
  let rows = 0;
  for (let row = header.end; row < grid.rows.length; row += 1) {
    const cells = grid.rows[row] ?? [];
    if (!isCells && cells.every((cell) => cell === null)) {
      pieces.push(skipped('blank_line', 1));
      continue;
    }
    const key = keyColumn < 0 ? null : plainText(cells[keyColumn] ?? null);
    const piece = reader.take({
      ...recordOf(cells.map((cell, column) => write(writers.cell(row, column, key), cell))),
      row: row + 1,
      locate: (column = 0) => placeOf(grid.tab, grid.top + row, grid.left + column),
    });
    pieces.push(piece);
    rows += piece.rows.length;
    guard.addRows(Math.max(1, piece.rows.length));
    if (rows >= BATCH_ROWS) {
      guard.checkpoint();
      yield batchOf(pieces.splice(0));
      rows = 0;
    }
  }
  pieces.push(reader.end(true));
  guard.checkpoint();
  const last = batchOf(pieces);
  if (last.seen > 0) yield last;
  return reader.notes();
}

function writersFor(layout: Layout, request: TableRequest, names: readonly string[]): Writers {
  const asked = (name: string): CellWriter | undefined => request.writers[request.columns.indexOf(name)];
  switch (layout.kind) {
    case 'pivot':
      return {
        heading: (column) => (layout.keep.includes(names[column] ?? '') ? undefined : asked(layout.time)),
        cell: (_, column) => asked(layout.keep.includes(names[column] ?? '') ? (names[column] ?? '') : layout.value),
      };
    case 'key_value':
      return {
        heading: () => undefined,
        cell: (_, column, key) => (names[column] === layout.values ? asked(key?.trim() ?? '') : undefined),
      };
    case 'cell': {
      const byPlace = new Map(Object.entries(layout.cells).map(([name, at]) => [at, name]));
      return {
        heading: () => undefined,
        cell: (row, column) => asked(byPlace.get(placeOf('x', row, column).slice(2)) ?? ''),
      };
    }
    case 'table':
      return { heading: () => undefined, cell: (_, column) => asked(names[column] ?? '') };
  }
}

/** Texts are taken as they stand, tidied; numbers and failed formulas are what the column makes of them. */
function isHeadingToWrite(cell: SheetCell): boolean {
  return (typeof cell === 'object' && cell !== null) || isErrorCell(cell);
}

interface Written {
  readonly text: RawCell;
  readonly problem?: CellProblem;
}

function write(writer: CellWriter | undefined, cell: SheetCell): Written {
  const reading = writer?.(cell);
  if (reading === undefined) return { text: plainText(cell) };
  return reading.ok ? { text: reading.value } : { text: plainText(cell), problem: reading.problem };
}

function recordOf(written: readonly Written[]): Pick<LayoutRecord, 'cells' | 'problem'> {
  return { cells: written.map(({ text }) => text), problem: (column) => written[column]?.problem };
}

function skipped(rule: string, count: number): LaidOut {
  return { rows: [], rejects: [], skipped: { [rule]: count } };
}

function batchOf(pieces: readonly LaidOut[]): Batch {
  const made: readonly LaidOutRow[] = pieces.flatMap((piece) => piece.rows);
  const places = made.map((row) => row.locate());
  const rejects: readonly RawReject[] = pieces.flatMap((piece) => piece.rejects);
  const counts: Record<string, number> = {};
  let skips = 0;
  for (const [rule, count] of pieces.flatMap((piece) => Object.entries(piece.skipped))) {
    counts[rule] = (counts[rule] ?? 0) + count;
    skips += count;
  }
  return {
    rows: made.map((row) => row.cells),
    rejects,
    skipped: counts,
    seen: made.length + rejects.length + skips,
    locate(index) {
      const found = places[index];
      if (found === undefined) throw new RangeError(`This batch has ${places.length} rows, none at index ${index}`);
      return found;
    },
  };
}
