import { rowNumber } from '#connectors/sdk/layout/row-number.js';

/** Lines at the beginning of a file that are looked at. */
export const MAX_LINES = 1000;

/** A place in a file: its line from 1, its field from 0. */
export interface CellPlace {
  readonly line: number;
  readonly field: number;
}

const CELL = /^([A-Z]{1,3})[1-9]\d{0,6}$/;

/** Line and field of a place such as `B7`; `undefined` for any other text. */
export function cellPlace(text: string): CellPlace | undefined {
  const letters = CELL.exec(text)?.[1];
  if (letters === undefined) return undefined;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { line: rowNumber(text), field: column - 1 };
}
