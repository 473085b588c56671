import type { RawCell } from '#connectors/sdk/types.js';
import { isTimeZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import { type ZoneClock, zoneClock } from '#src/domain/period/zone-clock.js';
import { dateReader, dateTimeReader } from '#src/domain/value/date-grammar.js';
import { isSerialPattern } from '#src/domain/value/date-pattern.js';
import { rejected } from '#src/domain/value/reading.js';
import type { ColumnSpec, Reading } from '#src/domain/value/types.js';
import { cutToPattern, patternTexts } from './pattern-text.js';
import { isBareYear, serialTexts, type WallTime, wallTimeOf } from './serials.js';

/** Writes the number of a cell as raw text that the column's reader reads as what the cell holds. */
export type NumberWriter = (digits: string) => Reading<RawCell>;

type DateColumn = Pick<ColumnSpec, 'type'> & Partial<ColumnSpec>;

/** Texts remembered of a column before starting over. */
const REMEMBERED = 4_096;

/** Days of a sheet: its numbers, whatever pattern the column has for texts. */
export function dateWriter(column: DateColumn): NumberWriter {
  const { pattern } = column;
  const write = pattern === undefined ? accepted : datePatternWriter(column, pattern);
  return dayNumbers(pattern, (wall) => {
    if (wall.time === '00:00:00') return write(wall.date);
    return rejected(
      'date_grammar',
      `the cell holds a time of day (${wall.time}) beside the date`,
      'a date alone in the cell, or type: datetime for the column',
    );
  });
}

/**
 * Points in time of a sheet. A pattern's own are written to its minute or second, all others to the millisecond.
 *
 * @param timeZone the spreadsheet's, in which its dates are meant
 */
export function dateTimeWriter(column: DateColumn, timeZone: string): NumberWriter {
  const { pattern } = column;
  const instantOf = instantWriter(timeZone);
  if (pattern === undefined) return dayNumbers(pattern, (wall) => instantOf(wall.date, wall.time));
  if (column.timeZone !== undefined && column.timeZone !== timeZone) {
    return dayNumbers(pattern, () =>
      rejected(
        'date_grammar',
        `a date-time of the spreadsheet's zone (${timeZone}) cannot be written by a pattern of the zone ${column.timeZone}`,
        'leave the pattern out, or give the column the time zone of the spreadsheet',
      ),
    );
  }
  const isSerial = isSerialPattern(pattern);
  const texts = isSerial ? undefined : patternTexts({ ...column, pattern });
  const read = isTimeZone(timeZone) ? dateTimeReader(pattern, timeZone, column) : undefined;
  return dayNumbers(pattern, ({ date, time: exact }, digits) => {
    const time = isSerial ? exact : cutToPattern(exact, pattern);
    const wanted = instantOf(date, time);
    if (!wanted.ok || read === undefined) return wanted;
    const found = (texts?.({ date, time }) ?? [digits]).find((text) => isReadAs(read(text), wanted.value));
    return found === undefined ? beyondPattern(`${date} ${time}`, pattern) : accepted(found);
  });
}

/** What numbers mean in a column of dates, before any is written. */
function dayNumbers(
  pattern: string | undefined,
  write: (wall: WallTime, digits: string) => Reading<RawCell>,
): NumberWriter {
  return (digits) => {
    if (isWrittenInDigits(digits, pattern)) return accepted(digits);
    if (isBareYear(digits)) {
      return rejected(
        'ambiguous_number',
        `the number ${digits} looks like a year, and as a date of the spreadsheet it would be ${wallTimeOf(digits)?.date ?? 'none'}`,
        `a whole date in the cell, such as ${digits}-01-01 (Format, Number, Date shows what a cell holds); the day ${wallTimeOf(digits)?.date ?? ''} itself as text`,
      );
    }
    if (pattern === 'serial-1904') {
      return rejected(
        'ambiguous_number',
        'the column counts days from 1904, and the dates of a Google spreadsheet count from 1899-12-30: the number may be either',
        'leave the pattern out if the cells are dates of the spreadsheet; or the numbers from 1904 as texts (Format, Number, Plain text)',
      );
    }
    const wall = wallTimeOf(digits);
    return wall === undefined ? noDate(digits) : write(wall, digits);
  };
}

/** Days by a pattern; asked of the column's own reader, so that none arrives as another. */
function datePatternWriter(column: DateColumn, pattern: string): (date: CalendarDate) => Reading<RawCell> {
  const texts = isSerialPattern(pattern) ? serialTexts : patternTexts({ ...column, pattern });
  const read = dateReader(pattern, column);
  const remembered = new Map<CalendarDate, Reading<RawCell>>();
  return (date) => {
    const known = remembered.get(date);
    if (known !== undefined) return known;
    const text = texts({ date, time: '00:00:00' }).find((each) => isReadAs(read(each), date));
    const reading = text === undefined ? beyondPattern(date, pattern) : accepted(text);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(date, reading);
    return reading;
  };
}

/** Instants of one second may be spelled with a fraction of zeros or without. */
function isReadAs(reading: Reading<string>, wanted: RawCell): boolean {
  return reading.ok && wanted !== null && spelled(reading.value) === spelled(wanted);
}

function spelled(instant: Instant | CalendarDate): string {
  return instant.replace(/\.(\d*?)0*Z$/, (_, fraction: string) => (fraction === '' ? 'Z' : `.${fraction}Z`));
}

function instantWriter(timeZone: string): (date: string, time: string) => Reading<RawCell> {
  const offset = /^(?:GMT|UTC)?(?<offset>[+-]\d{2}:\d{2})$/.exec(timeZone)?.groups?.['offset'];
  if (offset !== undefined) return (date, time) => accepted(`${date}T${time}${offset}`);
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
    if (instant !== undefined) return accepted(instant);
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

function accepted(value: string): Reading<RawCell> {
  return { ok: true, value };
}

function beyondPattern(what: string, pattern: string): Reading<never> {
  return rejected(
    'date_grammar',
    `the cell holds the date ${what}, which the column's pattern "${pattern}" cannot say`,
    'leave the pattern out where all cells are dates of the spreadsheet; or a pattern that says the whole date, such as yyyy-MM-dd',
  );
}

function noDate(digits: string): Reading<never> {
  return rejected(
    'impossible_date',
    `the number ${digits} is no date of the years 1900 to 9999`,
    'a date in the cell (Format, Number, Date shows what it holds), or another type for the column',
  );
}
