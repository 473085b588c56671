import type { Watermark } from '#connectors/sdk/watermark.js';
import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import { isInstant } from '#src/domain/period/period-instants.js';
import { cellWriter, isErrorCell, plainText, type SheetCell } from './grid/cells.js';
import { isBareYear, wallTimeOf } from './grid/serials.js';

/**
 * How far the data goes by the word of its owner: the content of the "as of" cell. Blank or failed, it says nothing.
 *
 * @param timeZone the spreadsheet's
 */
export function asOfWatermark(cell: SheetCell, timeZone: string): Watermark | undefined {
  if (cell === null || typeof cell === 'boolean' || isErrorCell(cell)) return undefined;
  const at = timeOf(cell, timeZone);
  const value = at ?? plainText(cell) ?? '';
  if (value.trim() === '') return undefined;
  return { evidence: 'as_of_cell', value, ...(at === undefined ? {} : { at }) };
}

/** Drive's time of the last change of the file, by anybody and anywhere in it. */
export function modifiedWatermark(modifiedTime: string): Watermark {
  return { evidence: 'modified_time', value: modifiedTime, ...(isInstant(modifiedTime) ? { at: modifiedTime } : {}) };
}

/** A day, or a point in time; `undefined` for a text that is not certainly one of them. */
function timeOf(cell: string | { readonly digits: string }, timeZone: string): string | undefined {
  if (typeof cell === 'string') {
    const text = cell.trim();
    return isCalendarDate(text) || isInstant(text) ? text : undefined;
  }
  if (isBareYear(cell.digits)) return undefined;
  const wall = wallTimeOf(cell.digits);
  if (wall === undefined) return undefined;
  if (wall.time === '00:00:00') return wall.date;
  const reading = cellWriter({ type: 'datetime' }, timeZone)(cell);
  return reading.ok && reading.value !== null && isInstant(reading.value) ? reading.value : undefined;
}
