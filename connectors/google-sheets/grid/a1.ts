/** A rectangle of cells of a tab: rows and columns from 0, half-open; `undefined` is an open side. */
export interface CellBox {
  readonly top: number;
  readonly left: number;
  readonly bottom: number | undefined;
  readonly right: number | undefined;
}

/** What a `range:` says: the name of a range, or cells, perhaps with their tab. */
export type ParsedRange =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'cells'; readonly tab: string | undefined; readonly box: CellBox };

const WITH_TAB = /^(?:'(?<quoted>(?:[^']|'')+)'|(?<bare>[^'!]+))!(?<cells>[^!]+)$/;
const CELLS =
  /^\$?(?<left>[A-Za-z]{1,3})?\$?(?<top>[1-9]\d{0,7})?(?<span>:\$?(?<right>[A-Za-z]{1,3})?\$?(?<bottom>[1-9]\d{0,7})?)?$/;
/** Google's own rule for names, which keeps them apart from cells. */
const NAME = /^[\p{L}_][\p{L}\p{N}_.]{0,249}$/u;

/** Reads a range as people write it; `undefined` for what is neither a name nor cells. */
export function parseRange(text: string): ParsedRange | undefined {
  const { quoted, bare, cells } = WITH_TAB.exec(text)?.groups ?? {};
  const box = parseCells(cells ?? text);
  if (box !== undefined) return { kind: 'cells', tab: quoted?.replaceAll("''", "'") ?? bare, box };
  return cells === undefined && NAME.test(text) ? { kind: 'named', name: text } : undefined;
}

/** `B3`, `B3:D9`, `B:D`, `3:9`, `B3:D`, `$B$3`. A word of letters alone is no cell: it is a name. */
function parseCells(text: string): CellBox | undefined {
  const groups = CELLS.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { left, top, span, right, bottom } = groups;
  if (span === undefined) {
    if (left === undefined || top === undefined) return undefined;
    const row = rowIndex(top);
    const column = columnIndex(left);
    return { top: row, left: column, bottom: row + 1, right: column + 1 };
  }
  const spansRows = left === undefined && right === undefined && top !== undefined && bottom !== undefined;
  if (!spansRows && (left === undefined || right === undefined)) return undefined;
  const box = {
    top: top === undefined ? 0 : rowIndex(top),
    left: left === undefined ? 0 : columnIndex(left),
    bottom: bottom === undefined ? undefined : rowIndex(bottom) + 1,
    right: right === undefined ? undefined : columnIndex(right) + 1,
  };
  const isTurnedRound = (box.bottom ?? Infinity) <= box.top || (box.right ?? Infinity) <= box.left;
  return isTurnedRound ? undefined : box;
}

/** Cells with their tab as Google takes them, the tab always in quotes: a bare title can look like a cell or a name. */
export function writeRange(tab: string, box: CellBox): string {
  const start = box.top === 0 && box.bottom === undefined ? columnLetters(box.left) : cellName(box.top, box.left);
  const right = box.right === undefined ? '' : columnLetters(box.right - 1);
  const bottom = box.bottom === undefined ? '' : String(box.bottom);
  return `${quotedTab(tab)}!${start}:${right}${bottom}`;
}

export function quotedTab(title: string): string {
  return `'${title.replaceAll("'", "''")}'`;
}

/** A place as people find it: `Sales!C17`, `'Q1 sales'!C17`. Row and column from 0. */
export function placeOf(tab: string, row: number, column: number): string {
  const title = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(tab) ? tab : quotedTab(tab);
  return `${title}!${cellName(row, column)}`;
}

export function cellName(row: number, column: number): string {
  return `${columnLetters(column)}${row + 1}`;
}

export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

function columnIndex(letters: string): number {
  return [...letters.toUpperCase()].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Digit by digit: a row number is no KPI value, but the parsers that guess stay out of connectors altogether. */
function rowIndex(digits: string): number {
  return [...digits].reduce((row, digit) => row * 10 + digit.charCodeAt(0) - 48, 0) - 1;
}
