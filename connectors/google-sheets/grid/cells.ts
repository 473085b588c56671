import type { RawCell } from '#connectors/sdk/types.js';
import { isTimeZone } from '#src/domain/period/period-instants.js';
import { type ZoneClock, zoneClock } from '#src/domain/period/zone-clock.js';
import { isSpreadsheetError } from '#src/domain/value/error-token.js';
import { numberGrammar } from '#src/domain/value/number-grammar.js';
import { rejected } from '#src/domain/value/reading.js';
import type { CellProblem, ColumnSpec, ColumnType, Reading } from '#src/domain/value/types.js';
import { plainDigits } from '../upstream/lossless-json.js';
import { wallTimeOf } from './serials.js';

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

type NumberWriter = (digits: string) => Reading<RawCell>;

function numberWriter(column: ColumnReading | undefined, timeZone: string): NumberWriter {
  const type: ColumnType | undefined = column?.type;
  switch (type) {
    case 'date':
      return dateWriter(column?.pattern);
    case 'datetime':
      return dateTimeWriter(column, timeZone);
    case 'decimal':
    case 'integer':
      return localNumberWriter(column);
    case 'text':
    case 'boolean':
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
  return (digits) => ({ ok: true, value: digits.replace('.', decimalSeparator) });
}

function dateWriter(pattern: string | undefined): NumberWriter {
  return (digits) => {
    if (isWrittenInDigits(digits, pattern)) return { ok: true, value: digits };
    const wall = wallTimeOf(digits);
    if (wall === undefined) return noDate(digits);
    if (wall.time === '00:00:00')
      return { ok: true, value: pattern === undefined ? wall.date : written(pattern, wall.date, wall.time) };
    return rejected(
      'date_grammar',
      `the cell holds a time of day (${wall.time}) beside the date`,
      'a date alone in the cell, or type: datetime for the column',
    );
  };
}

function dateTimeWriter(column: ColumnReading | undefined, timeZone: string): NumberWriter {
  const pattern = column?.pattern;
  const instantOf = instantWriter(timeZone);
  return (digits) => {
    if (isWrittenInDigits(digits, pattern)) return { ok: true, value: digits };
    const wall = wallTimeOf(digits);
    if (wall === undefined) return noDate(digits);
    if (pattern === undefined) return instantOf(wall.date, wall.time);
    if (column?.timeZone !== undefined && column.timeZone !== timeZone) {
      return rejected(
        'date_grammar',
        `a date-time of the spreadsheet's zone (${timeZone}) cannot be written by a pattern of the zone ${column.timeZone}`,
        'leave the pattern out, or give the column the time zone of the spreadsheet',
      );
    }
    return { ok: true, value: written(pattern, wall.date, wall.time) };
  };
}

function instantWriter(timeZone: string): (date: string, time: string) => Reading<RawCell> {
  const offset = /^(?:GMT|UTC)?(?<offset>[+-]\d{2}:\d{2})$/.exec(timeZone)?.groups?.['offset'];
  if (offset !== undefined) return (date, time) => ({ ok: true, value: `${date}T${time}${offset}` });
  if (!isTimeZone(timeZone)) {
    return () =>
      rejected(
        'date_grammar',
        `the spreadsheet's time zone "${timeZone}" is not known here`,
        'a time zone in File, Settings of the spreadsheet',
      );
  }
  const clock: ZoneClock = zoneClock(timeZone);
  return (date, time) => {
    const instant = clock.instantAt(date, time);
    if (instant === 'out_of_range') return noDate(`${date} ${time}`);
    if (instant !== undefined) return { ok: true, value: instant };
    return rejected(
      'zone_gap',
      `the clocks of the spreadsheet's zone ${timeZone} skip ${date} ${time}`,
      'a time that exists in this zone',
    );
  };
}

/** A number such as 202603 under the pattern yyyyMM: serials of our days have five digits. */
function isWrittenInDigits(digits: string, pattern: string | undefined): boolean {
  return (
    pattern !== undefined &&
    /^[yMd]+$/.test(pattern) &&
    /^\d+$/.test(digits) &&
    digits.length === pattern.length &&
    digits.length >= 6
  );
}

function written(pattern: string, date: string, time: string): string {
  const fields: Readonly<Record<string, string>> = {
    yyyy: date.slice(0, 4),
    MM: date.slice(5, 7),
    M: date.slice(5, 7).replace(/^0/, ''),
    dd: date.slice(8, 10),
    d: date.slice(8, 10).replace(/^0/, ''),
    HH: time.slice(0, 2),
    mm: time.slice(3, 5),
    ss: time.slice(6, 8),
  };
  const pieces = pattern.match(/([A-Za-z])\1*|'[^']*'|[^A-Za-z']/g) ?? [];
  return pieces.map((piece) => fields[piece] ?? piece.replaceAll("'", '')).join('');
}

function noDate(digits: string): Reading<never> {
  return rejected(
    'impossible_date',
    `the number ${digits} is no date of the years 1900 to 9999`,
    'a date in the cell (Format, Number, Date shows what it holds), or another type for the column',
  );
}

function failedFormula(code: string): CellProblem {
  return {
    rule: 'error_token',
    message: code === 'Loading...' ? 'the formula is still loading' : `the formula of the cell failed with ${code}`,
    remedy: 'correct the formula, or leave the cell blank if there is no value',
  };
}
