import { locateColumns } from '#connectors/sdk/columns.js';

/** Which fields of a record go to which cells of a row. */
export interface Projection {
  /** Fields a record must have. */
  readonly fieldCount: number;
  /** Cells of a row. */
  readonly width: number;
  /** Asked-for fields, ascending, each once; -1 ends the list. */
  readonly fields: Int32Array;
  /** For each of `fields` its cell. */
  readonly cells: Int32Array;
  /** Cells that repeat another: pairs of (from, to). */
  readonly copies: readonly (readonly [from: number, to: number])[];
}

/**
 * Finds the asked-for columns in a header; no names ask for all. Columns nobody asks for are never cut out of a record.
 *
 * @throws PlumblineError `layout` SOURCE_COLUMN_MISSING when one is absent, or there twice
 */
export function projectColumns(header: readonly string[], asked: readonly string[], place: string): Projection {
  const indexes = asked.length === 0 ? header.map((_, index) => index) : locateColumns(asked, header, place, 'exact');
  const copies: [number, number][] = [];
  const cellOf = new Map<number, number>();
  indexes.forEach((field, cell) => {
    const first = cellOf.get(field);
    if (first === undefined) cellOf.set(field, cell);
    else copies.push([first, cell]);
  });
  const pairs = [...cellOf].sort(([a], [b]) => a - b);
  return {
    fieldCount: header.length,
    width: indexes.length,
    fields: Int32Array.from([...pairs.map(([field]) => field), -1]),
    cells: Int32Array.from(pairs.map(([, cell]) => cell)),
    copies,
  };
}
