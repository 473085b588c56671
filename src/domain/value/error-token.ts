import { rejected } from './reading.js';
import type { Reading } from './types.js';

/** What spreadsheets write into a cell they could not compute, in English and as localised (`#BEZUG!`, `#NV`). */
const SPREADSHEET_ERROR = /^#(?:\p{L}[\p{L}\p{M}\d_ ]*(?:\/[\p{L}\d]+)?[!?]?|#{2,})$/u;
/** The English ones, which no text column holds on purpose. */
const KNOWN_ERRORS: ReadonlySet<string> = new Set([
  '#N/A',
  '#REF!',
  '#DIV/0!',
  '#VALUE!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
  '#ERROR!',
  '#SPILL!',
  '#CALC!',
  '#GETTING_DATA',
]);
const NOT_A_NUMBER = /^[+\-\u2212]?(?:nan|inf|infinity|∞|1\.#(?:inf|ind|qnan|snan))$/i;

/** Whether a trimmed cell of a number, date or boolean column is a spreadsheet's or a program's error, not a value. */
export function isErrorToken(text: string): boolean {
  if (text.length > 40) return false;
  return SPREADSHEET_ERROR.test(text) || NOT_A_NUMBER.test(text) || text === 'Loading...';
}

/**
 * Whether a cell of a text column is one of the spreadsheet errors: `#N/A` is not a name either.
 *
 * `Loading...` is none here, though no number: as a text it may be what a program calls a state, and only Google Sheets
 * means a formula by it. Its connector knows where the cell is from, and rejects it in every column.
 */
export function isSpreadsheetError(text: string): boolean {
  return KNOWN_ERRORS.has(text.trim());
}

/** The reject of an error token. */
export function errorTokenRejected(): Reading<never> {
  return rejected(
    'error_token',
    'the cell holds an error of the program that wrote it, not a value',
    'correct the formula or query behind the cell, or leave the cell blank if there is no value',
  );
}
