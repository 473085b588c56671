import type { GridRange } from '../upstream/client.js';
import { columnLetters, placeOf } from './a1.js';
import { plainText, type SheetCell } from './cells.js';

/** A rectangle of cells as it was answered: rows may be ragged, trailing blanks are missing. */
export interface Grid {
  readonly tab: string;
  /** Row and column of the first cell, from 0. */
  readonly top: number;
  readonly left: number;
  readonly rows: readonly (readonly SheetCell[])[];
  /** Of the whole tab. */
  readonly merges: readonly GridRange[];
}

export interface Header {
  /** Name of each column; empty where nobody gave one. */
  readonly names: readonly string[];
  /** The cells behind the names, where the header is one row. */
  readonly cells: readonly SheetCell[];
  /** Rows of the grid before the header, all blank. */
  readonly blankRows: number;
  /** First row of the grid after the header. */
  readonly end: number;
  readonly place: string;
}

/**
 * The header of a table: its first row that is not blank, and those below it that belong to it. `undefined` where there
 * is none.
 *
 * A heading merged across columns counts for each of them; without that, a header of several rows could not be told apart.
 * Without header rows the columns are named by their letters.
 */
export function readHeader(grid: Grid, headerRows: number, join: string, skipsBlank: boolean): Header | undefined {
  const width = grid.rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  const place = placeOf(grid.tab, grid.top, grid.left);
  if (headerRows === 0) {
    const names = Array.from({ length: width }, (_, column) => columnLetters(grid.left + column));
    return { names, cells: names, blankRows: 0, end: 0, place };
  }
  const first = skipsBlank ? grid.rows.findIndex((row) => row.some((cell) => cell !== null)) : 0;
  if (first < 0 || grid.rows.length === 0) return undefined;
  const end = Math.min(first + headerRows, grid.rows.length);
  const cellsOf = (row: number): readonly SheetCell[] =>
    Array.from({ length: width }, (_, column) => headingAt(grid, row, column));
  const levels = Array.from({ length: end - first }, (_, level) => cellsOf(first + level));
  const names = Array.from({ length: width }, (_, column) =>
    levels
      .map((cells) => tidied(plainText(cells[column] ?? null) ?? ''))
      .filter((part) => part !== '')
      .join(join),
  );
  return {
    names,
    cells: levels.length === 1 ? (levels[0] ?? []) : names,
    blankRows: first,
    end,
    place: placeOf(grid.tab, grid.top + first, grid.left),
  };
}

/** Headings are often broken over lines, and followed by a space nobody sees. */
function tidied(heading: string): string {
  return heading.replace(/\s*\n\s*/g, ' ').trim();
}

function headingAt(grid: Grid, row: number, column: number): SheetCell {
  const own = grid.rows[row]?.[column] ?? null;
  if (own !== null) return own;
  const [y, x] = [grid.top + row, grid.left + column];
  const merge = grid.merges.find(
    ({ startRowIndex, startColumnIndex, endRowIndex = Infinity, endColumnIndex = Infinity }) =>
      y === startRowIndex && x > startColumnIndex && x < endColumnIndex && y < endRowIndex,
  );
  return merge === undefined ? null : (grid.rows[row]?.[merge.startColumnIndex - grid.left] ?? null);
}
