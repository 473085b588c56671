import { booleanReader } from './boolean-grammar.js';
import { dateReader, dateTimeReader } from './date-grammar.js';
import { withBlanks } from './declared-blanks.js';
import { errorTokenRejected, isSpreadsheetError } from './error-token.js';
import { numberGrammar, readNumber } from './number-grammar.js';
import { ordinalReader } from './ordinal-grammar.js';
import { accepted, rejected } from './reading.js';
import type { ColumnSpec, DecimalText, Reading, TypedCell } from './types.js';

/**
 * Compiles a column into the function that types its cells; make it once per column, not per cell.
 *
 * A blank cell, `null` or, but for text columns, nothing but white space, is `null` and never 0; in a required
 * column it is a `blank_required` reject; so is a text that the column declares to be a blank. Text is kept as it is, `''` included, save for spreadsheet errors. No cell makes the
 * function throw.
 *
 * @throws PlumblineError `CONFIG_BAD_LOCALE`, `CONFIG_COLUMN_OPTION`, `CONFIG_BAD_DATE_PATTERN`, `CONFIG_BAD_TIME_ZONE`,
 * when compiled
 */
export function createCellReader(column: ColumnSpec): (raw: string | null) => Reading<TypedCell> {
  const read = column.blanks === undefined ? textReader(column) : withBlanks(textReader(column), column.blanks);
  const blank = column.required
    ? rejected('blank_required', 'the cell is blank and the column is required', 'a value, or required: false')
    : accepted(null);
  const blankText = column.type !== 'text';
  const readFilled = column.blanks === undefined || !column.required ? read : filledOnly(read, blank);
  return (raw) => (raw === null || (blankText && raw.trim() === '') ? blank : readFilled(raw));
}

/** A reader whose blanks are the rejects of a required column. */
function filledOnly(
  read: (text: string) => Reading<TypedCell>,
  blank: Reading<TypedCell>,
): (text: string) => Reading<TypedCell> {
  return (text) => {
    const reading = read(text);
    return reading.ok && reading.value === null ? blank : reading;
  };
}

function textReader(column: ColumnSpec): (text: string) => Reading<TypedCell> {
  switch (column.type) {
    case 'text':
      return (text) => (isSpreadsheetError(text) ? errorTokenRejected() : accepted(text));
    case 'decimal': {
      const grammar = numberGrammar(column.locale, column);
      return (text) => readNumber(text, grammar);
    }
    case 'integer': {
      const grammar = numberGrammar(column.locale, column);
      return (text) => wholeOnly(readNumber(text, grammar));
    }
    case 'date':
      return dateReader(column.pattern, column);
    case 'datetime':
      return dateTimeReader(column.pattern, column.timeZone, column);
    case 'boolean':
      return booleanReader(column.words);
    case 'ordinal':
      return ordinalReader(column.order ?? []);
  }
}

/** `12.0` is whole: programs print integers so. */
function wholeOnly(reading: Reading<DecimalText>): Reading<DecimalText> {
  if (!reading.ok || !reading.value.includes('.')) return reading;
  return rejected('not_an_integer', 'the number has a fraction', 'a whole number, or a column of type decimal');
}
