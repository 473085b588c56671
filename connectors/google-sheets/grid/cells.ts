import type { RawCell } from '#connectors/sdk/types.js';
import { isSpreadsheetError } from '#src/domain/value/error-token.js';
import { numberGrammar } from '#src/domain/value/number-grammar.js';
import { rejected } from '#src/domain/value/reading.js';
import type { CellProblem, ColumnSpec, ColumnType, Reading } from '#src/domain/value/types.js';
import { plainDigits } from '../upstream/lossless-json.js';
import { dateTimeWriter, dateWriter, type NumberWriter } from './date-cells.js';

/** A cell as the spreadsheet has it: text, yes or no, the digits of a number, or blank. */
export type SheetCell = string | boolean | { readonly digits: string } | null;

/** What is known of a column: its spec, or its type alone. */
export type ColumnReading = Pick<ColumnSpec, 'type'> & Partial<ColumnSpec>;

/** Writes cells as raw text that the column's reader reads as what the cell holds. */
export type CellWriter = (cell: SheetCell) => Reading<RawCell>;

/** A cell of an answer. Formulas that failed are texts there, and are rejected when they are written. */
export function sheetCell(answered: unknown): SheetCell {
  if (answered === '' || answered === null || answered === undefined) return null;
  if (typeof answered === 'string' || typeof answered === 'boolean') return answered;
  const [number]: readonly unknown[] = Array.isArray(answered) ? answered : [];
  return { digits: typeof number === 'string' ? (plainDigits(number) ?? number) : '' };
}

/** A cell as text for people, and for columns whose type nobody knows. */
export function plainText(cell: SheetCell): RawCell {
  if (cell === null || typeof cell === 'string') return cell;
  return typeof cell === 'boolean' ? String(cell) : cell.digits;
}

export function isErrorCell(cell: SheetCell): cell is string {
  return typeof cell === 'string' && (cell === 'Loading...' || isSpreadsheetError(cell));
}

/**
 * @param column as the extract reads it; `undefined` where nobody said
 * @param timeZone the spreadsheet's, in which its dates are meant
 */
export function cellWriter(column: ColumnReading | undefined, timeZone: string): CellWriter {
  const writeNumber = numberWriter(column, timeZone);
  const words = column?.type === 'boolean' ? column.words : undefined;
  return (cell) => {
    if (cell === null) return { ok: true, value: null };
    if (typeof cell === 'boolean') {
      return { ok: true, value: (cell ? words?.true[0] : words?.false[0]) ?? String(cell) };
    }
    if (typeof cell === 'object') return writeNumber(cell.digits);
    return isErrorCell(cell) ? { ok: false, problem: failedFormula(cell) } : { ok: true, value: cell };
  };
}

function numberWriter(column: ColumnReading | undefined, timeZone: string): NumberWriter {
  const type: ColumnType | undefined = column?.type;
  switch (type) {
    case 'date':
      return dateWriter({ ...column, type });
    case 'datetime':
      return dateTimeWriter({ ...column, type }, timeZone);
    case 'decimal':
    case 'integer':
      return localNumberWriter(column);
    case 'text':
    case 'boolean':
    case 'ordinal':
    case undefined:
      return (digits) => ({ ok: true, value: digits });
  }
}

/** A number is no text: its locale is nobody's choice, so it is written as the column reads. */
function localNumberWriter(column: ColumnReading | undefined): NumberWriter {
  if (column?.name === undefined) {
    // Where the locale is not known, 1.234 could be read as 1234; with four places it is read rightly or not at all.
    return (digits) => ({ ok: true, value: /\.\d{3}$/.test(digits) ? `${digits}0` : digits });
  }
  const { decimalSeparator } = numberGrammar(column.locale);
  if (column.percent !== undefined) return percentWriter(column.percent, decimalSeparator);
  return (digits) => ({ ok: true, value: digits.replace('.', decimalSeparator) });
}

/**
 * A cell shown as 12 % holds 0.12, and is read as a fraction written with its sign. As percent points it could as well be a
 * 0.12 that was typed for 0.12 points: nothing in the answer tells the two apart.
 */
function percentWriter(percent: 'points' | 'fraction', decimalSeparator: string): NumberWriter {
  if (percent === 'fraction') {
    return (digits) => ({ ok: true, value: `${hundredfold(digits).replace('.', decimalSeparator)}%` });
  }
  return (digits) => {
    if (digits === '0') return { ok: true, value: digits };
    return rejected(
      'ambiguous_number',
      `a number cell shown as 12% holds 0.12, so that ${digits} may be percent points or a hundredth of them`,
      'percent: fraction for the column, where 12% is 0.12 (the unit percent shows it as 12); or no percent, to take the numbers as they are stored',
    );
  };
}

/** By moving the point in the text: no arithmetic, no rounding. */
function hundredfold(digits: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits);
  // What is no plain number is left to the column's grammar to reject.
  if (match === null) return digits;
  const [, sign = '', whole = '', fraction = ''] = match;
  const padded = fraction.padEnd(2, '0');
  const moved = `${whole}${padded.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  return `${sign}${moved}${padded.length > 2 ? `.${padded.slice(2)}` : ''}`;
}

function failedFormula(code: string): CellProblem {
  return {
    rule: 'error_token',
    message: code === 'Loading...' ? 'the formula is still loading' : `the formula of the cell failed with ${code}`,
    remedy: 'correct the formula, or leave the cell blank if there is no value',
  };
}
