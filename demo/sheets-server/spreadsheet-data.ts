/**
 * A cell as the stand-in holds it: `serial` with `shown` is a cell with a date format (days since 1899-12-30), `error`
 * one whose formula failed, `number` one whose digits are sent exactly as written.
 */
export type StandInCell =
  | string
  | number
  | boolean
  | null
  | { readonly serial: number | string; readonly shown: string }
  | { readonly error: string }
  | { readonly number: string };

export interface StandInTab {
  readonly sheetId: number;
  readonly title: string;
  /** Rows from `at` on; they may be ragged. */
  readonly cells: readonly (readonly StandInCell[])[];
  /** Where the first cell is. Default: `A1`. */
  readonly at?: string;
  /** Size of the grid. Default: 1000 rows, 26 columns, or what the cells need. */
  readonly rowCount?: number;
  readonly columnCount?: number;
  /** As `A1:C1`. Only the top-left cell of a merge has a value. */
  readonly merges?: readonly string[];
  /** Hidden by a filter or by hand. Their values are answered all the same, as Google does. */
  readonly hiddenRows?: readonly number[];
  readonly hidden?: boolean;
  /** `OBJECT` is a tab with nothing but a chart. */
  readonly sheetType?: 'GRID' | 'OBJECT';
}

export interface StandInSpreadsheet {
  readonly id: string;
  readonly title: string;
  readonly locale?: string;
  readonly timeZone?: string;
  readonly tabs: readonly StandInTab[];
  /** Name to tab and range. */
  readonly namedRanges?: Readonly<Record<string, { readonly tab: string; readonly range: string }>>;
  /** UTC ISO instant, for Drive. */
  readonly modifiedTime?: string;
  /** Whether it is shared with the account. Default: yes. */
  readonly shared?: boolean;
}

/** A rectangle of cells, from 0, half-open; an open side is `undefined`. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number | undefined;
  readonly right: number | undefined;
}

const A1 = /^\$?([A-Za-z]{1,3})?\$?(\d+)?(?::\$?([A-Za-z]{1,3})?\$?(\d+)?)?$/;

/** `B3:D9`, `B3`, `B:D`, `3:9`, `B3:D`. */
export function boxOf(range: string): Box | undefined {
  const match = A1.exec(range);
  if (match === null || range === '') return undefined;
  const [, startColumn, startRow, endColumn, endRow] = match;
  const single = !range.includes(':');
  if (single && (startColumn === undefined || startRow === undefined)) return undefined;
  const left = startColumn === undefined ? 0 : columnIndex(startColumn);
  const top = startRow === undefined ? 0 : Number(startRow) - 1;
  if (single) return { top, left, bottom: top + 1, right: left + 1 };
  return {
    top,
    left,
    bottom: endRow === undefined ? undefined : Number(endRow),
    right: endColumn === undefined ? undefined : columnIndex(endColumn) + 1,
  };
}

export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** Rows and columns of a tab's grid. */
export function gridSize(tab: StandInTab): { readonly rows: number; readonly columns: number } {
  const { top, left } = boxOf(tab.at ?? 'A1') ?? { top: 0, left: 0 };
  const widest = tab.cells.reduce((width, row) => Math.max(width, row.length), 0);
  return {
    rows: tab.rowCount ?? Math.max(1000, top + tab.cells.length),
    columns: tab.columnCount ?? Math.max(26, left + widest),
  };
}

/** The cell at a place of the grid, from 0. */
export function cellAt(tab: StandInTab, row: number, column: number): StandInCell {
  const { top, left } = boxOf(tab.at ?? 'A1') ?? { top: 0, left: 0 };
  return tab.cells[row - top]?.[column - left] ?? null;
}

/** One past the last row that holds anything. */
export function lastRow(tab: StandInTab): number {
  return (boxOf(tab.at ?? 'A1')?.top ?? 0) + tab.cells.length;
}

function columnIndex(letters: string): number {
  return [...letters.toUpperCase()].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
