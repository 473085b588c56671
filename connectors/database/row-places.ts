import { shortened } from '#connectors/sdk/raw-text.js';
import { type SlicedRows, slicedCell } from '#connectors/sdk/sliced-rows.js';
import type { ResultRow, UnreadableValue } from './dialects/dialect.js';
import type { CatalogColumn } from './sql/catalog.js';
import type { SqlGrammar } from './sql-tokens.js';

/** A column of the primary key, and where it stands among the columns selected. */
export interface KeyColumn {
  readonly name: string;
  readonly index: number;
}

/** Columns of a key that are still read along; a longer one is seldom a name that anybody looks for. */
const MOST_KEY_COLUMNS = 3;
const SHOWN_CHARACTERS = 60;

/**
 * The primary key, if rows can be told by it: all of it may be read, and what it holds has a text. Empty where there is none.
 *
 * A type of which nothing is known is left alone, since one column of bytes costs the rows of a read their fast way.
 */
export function readableKey(catalog: readonly CatalogColumn[], grammar: SqlGrammar): readonly CatalogColumn[] {
  const key = catalog.filter((column) => column.key !== undefined);
  const isReadable = key.every(({ key: part, kind, declared }) => {
    const isKnown = kind !== 'other' || (grammar === 'postgres' && /^(?:uuid|character)\b/.test(declared));
    return part === 'readable' && isKnown;
  });
  return isReadable && key.length <= MOST_KEY_COLUMNS ? key : [];
}

/** Where a row is to be found: by its key, or by its number in the result where there is no key. */
export function placeOf(
  name: string,
  key: readonly KeyColumn[],
  ordinal: number,
  cellAt: (index: number) => ResultRow[number],
): string {
  if (key.length === 0) return `${name} row ${ordinal}`;
  return [name, ...key.map((column) => `${quoted(column.name, /^\w+$/)}=${keyText(cellAt(column.index))}`)].join(' ');
}

function keyText(cell: string | UnreadableValue | null): string {
  if (cell === null) return 'null';
  return typeof cell === 'string' ? quoted(shortened(cell, SHOWN_CHARACTERS), /^[\w.:+-]+$/) : `(${cell.what})`;
}

function quoted(text: string, plain: RegExp): string {
  return plain.test(text) ? text : JSON.stringify(text);
}

/** Only the columns asked for of rows that came with their key; without one, the same rows. */
export function withoutKey(rows: SlicedRows, width: number): SlicedRows {
  if (rows.width === width) return rows;
  const bounds = new Int32Array(rows.length * width * 2);
  let to = 0;
  for (let row = 0; row < rows.length; row++) {
    const from = row * rows.width * 2;
    for (let at = 0; at < width * 2; at++) bounds[to++] = rows.bounds[from + at] ?? -1;
  }
  return { length: rows.length, width, bytes: rows.bytes, bounds };
}

/** Cells of one of the rows, as long as the rows are there. */
export function cellsOf(rows: SlicedRows | readonly ResultRow[], row: number): (index: number) => ResultRow[number] {
  if ('bounds' in rows) return (index) => slicedCell(rows, row, index);
  return (index) => rows[row]?.[index] ?? null;
}
