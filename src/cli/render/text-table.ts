import { displayWidth, fitTo, padTo } from './text-width.js';

export interface TableColumn {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** Words may be shortened down to this width; absent: never, as for numbers. */
  readonly shrinkTo?: number;
  /** Left out where the terminal is too narrow, the highest first; absent: never. */
  readonly dropOrder?: number;
}

export interface TableCell {
  readonly text: string;
  /** Wraps the padded text in colour; must not change its width. */
  readonly paint?: (text: string) => string;
}

export interface TextTable {
  readonly lines: readonly string[];
  /** Headings of the columns that found no room. */
  readonly leftOut: readonly string[];
}

const GAP = '  ';

/**
 * Rows as lines of at most `width` columns where that can be done: words are shortened first, then whole columns left
 * out. Numbers are never shortened, since a cut number is another number; so a line may be longer than the terminal.
 */
export function textTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  width: number,
): TextTable {
  let shown = columns.map((column, index) => ({ column, index, widths: widthsOf(column, index, rows) }));
  const leftOut: string[] = [];
  while (minimum(shown) > width) {
    const dropped = shown
      .filter(({ column }) => column.dropOrder !== undefined)
      .sort((a, b) => (b.column.dropOrder ?? 0) - (a.column.dropOrder ?? 0))[0];
    if (dropped === undefined) break;
    leftOut.push(dropped.column.heading);
    shown = shown.filter((each) => each !== dropped);
  }
  const final = shrunk(shown, width);
  const line = (cells: readonly TableCell[]): string =>
    shown
      .map(({ column, index }, place) => {
        const { text = '', paint } = cells[index] ?? {};
        const room = final[place] ?? 0;
        const padded = padTo(fitTo(text, room), room, column.align);
        return paint === undefined ? padded : paint(padded);
      })
      .join(GAP)
      .trimEnd();
  return { lines: [line(columns.map(({ heading }) => ({ text: heading }))), ...rows.map(line)], leftOut };
}

interface ShownColumn {
  readonly column: TableColumn;
  readonly index: number;
  readonly widths: { readonly wanted: number; readonly least: number };
}

function widthsOf(column: TableColumn, index: number, rows: readonly (readonly TableCell[])[]): ShownColumn['widths'] {
  const heading = displayWidth(column.heading);
  const wanted = rows.reduce((widest, row) => Math.max(widest, displayWidth(row[index]?.text ?? '')), heading);
  return { wanted, least: Math.min(wanted, Math.max(column.shrinkTo ?? wanted, heading)) };
}

const gaps = (count: number): number => GAP.length * Math.max(0, count - 1);

function minimum(shown: readonly ShownColumn[]): number {
  return shown.reduce((sum, { widths }) => sum + widths.least, gaps(shown.length));
}

/** Takes what is too much from the columns of words, each in proportion to what it can give. */
function shrunk(shown: readonly ShownColumn[], width: number): number[] {
  const result = shown.map(({ widths }) => widths.wanted);
  let over = result.reduce((sum, each) => sum + each, gaps(shown.length)) - width;
  for (; over > 0; over--) {
    let giver = -1;
    let mostLeft = 0;
    for (const [place, { widths }] of shown.entries()) {
      const left = (result[place] ?? 0) - widths.least;
      const share = left / Math.max(1, widths.wanted - widths.least);
      if (share > mostLeft) [giver, mostLeft] = [place, share];
    }
    if (giver === -1) break;
    result[giver] = (result[giver] ?? 0) - 1;
  }
  return result;
}
