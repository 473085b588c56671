import { createCellReader } from '../read-cell.js';
import type { ColumnSpec } from '../types.js';
import { type DateLayout, dayIn, layoutOf, twoDigits } from './date-layout.js';
import { type DayKey, dateOfKey, dayKey, NO_DAY } from './day-key.js';
import { type InstantVector, NANOS_OF_HOUR, NANOS_OF_SECOND, nanosOfDay } from './instant-vector.js';
import { type CellReader, eachSlice, type SliceReader } from './slice-reader.js';

const [T, SPACE, COLON, POINT, ZERO] = [0x54, 0x20, 0x3a, 0x2e, 0x30];
const ISO_DAY = layoutOf('yyyy-MM-dd');
/** Hours remembered before starting over: some seven years of them. */
const MEMORY = 65_536;

/**
 * Points in time of one form: ISO 8601, with a zone or without, or a pattern whose fields have fixed lengths.
 *
 * Which instant an hour on the wall begins at is asked of the column's grammar, once an hour: at both its ends, so that an
 * hour in which clocks change is left to the grammar.
 */
export function instantSlices(column: ColumnSpec, reader: CellReader, vector: InstantVector): SliceReader {
  const { pattern, ...iso } = column;
  const hours = rememberedHours(pattern === undefined ? reader : createCellReader(iso));
  const put = (day: DayKey, hour: number, nanos: number, suffix: string, row: number): boolean => {
    const begin = hours(day, hour, suffix);
    if (begin === undefined) return false;
    vector.days[row] = begin.day;
    vector.nanos[row] = begin.nanos + nanos;
    return true;
  };
  return pattern === undefined ? isoSlices(put) : patternSlices(layoutOf(pattern), put);
}

/** @param nanos since the hour began, @param suffix the offset from UTC as written, if any */
type PutInstant = (day: DayKey, hour: number, nanos: number, suffix: string, row: number) => boolean;

function isoSlices(put: PutInstant): SliceReader {
  return eachSlice((bytes, start, end, row) => {
    if (ISO_DAY === undefined || end - start < 16) return false;
    const day = dayIn(ISO_DAY, bytes, start);
    const joint = bytes[start + 10];
    if (day === NO_DAY || (joint !== T && joint !== SPACE) || bytes[start + 13] !== COLON) return false;
    let at = start + 16;
    let seconds = 0;
    let fraction = 0;
    if (bytes[at] === COLON && at < end) {
      if (end - at < 3) return false;
      seconds = twoDigits(bytes, at + 1);
      at += 3;
      if (bytes[at] === POINT && at < end) {
        const first = at + 1;
        let unit = NANOS_OF_SECOND;
        for (at = first; at < end && isDigit(bytes[at]); at++) {
          unit /= 10;
          fraction += ((bytes[at] ?? 0) - ZERO) * unit;
        }
        if (at === first || at - first > 9) return false;
      }
    }
    const hour = twoDigits(bytes, start + 11);
    const nanos = nanosOf(twoDigits(bytes, start + 14), seconds) + fraction;
    if (end - at > 6 || hour < 0 || hour > 23 || nanos < 0) return false;
    return put(day, hour, nanos, asciiText(bytes, at, end), row);
  });
}

function patternSlices(layout: DateLayout | undefined, put: PutInstant): SliceReader {
  if (layout === undefined) return eachSlice(() => false);
  const { length, at } = layout;
  return eachSlice((bytes, start, end, row) => {
    if (end - start !== length) return false;
    const day = dayIn(layout, bytes, start);
    const hour = twoDigits(bytes, start + at.HH);
    const nanos = nanosOf(twoDigits(bytes, start + at.mm), at.ss < 0 ? 0 : twoDigits(bytes, start + at.ss));
    if (day === NO_DAY || hour < 0 || hour > 23 || nanos < 0) return false;
    return put(day, hour, nanos, '', row);
  });
}

/** Since the hour began; negative where the clock has no such time. */
function nanosOf(minutes: number, seconds: number): number {
  const known = minutes >= 0 && minutes <= 59 && seconds >= 0 && seconds <= 59;
  return known ? (minutes * 60 + seconds) * NANOS_OF_SECOND : -NANOS_OF_HOUR;
}

interface HourBegin {
  readonly day: DayKey;
  readonly nanos: number;
}

/** `undefined` for an hour that has a change of clocks in it, or that the grammar does not read. */
function rememberedHours(reader: CellReader) {
  const bySuffix = new Map<string, Map<number, HourBegin | undefined>>();
  return (day: DayKey, hour: number, suffix: string): HourBegin | undefined => {
    let hours = bySuffix.get(suffix);
    if (hours === undefined) {
      if (bySuffix.size >= 64) bySuffix.clear();
      hours = new Map();
      bySuffix.set(suffix, hours);
    }
    const key = day * 24 + hour;
    let begin = hours.get(key);
    if (begin === undefined && !hours.has(key)) {
      if (hours.size >= MEMORY) hours.clear();
      begin = askedHour(reader, `${dateOfKey(day)}T${String(hour).padStart(2, '0')}`, suffix);
      hours.set(key, begin);
    }
    return begin;
  };
}

function askedHour(reader: CellReader, hour: string, suffix: string): HourBegin | undefined {
  const begin = asked(reader, `${hour}:00:00${suffix}`);
  const end = asked(reader, `${hour}:59:59.999999999${suffix}`);
  if (begin === undefined || end === undefined) return undefined;
  // An hour that goes past midnight of UTC is left to the grammar, so that the nanoseconds of a day stay below its length.
  return begin.day === end.day && end.nanos - begin.nanos === NANOS_OF_HOUR - 1 ? begin : undefined;
}

function asked(reader: CellReader, text: string): HourBegin | undefined {
  const reading = reader(text);
  if (!reading.ok || typeof reading.value !== 'string') return undefined;
  return { day: dayKey(reading.value), nanos: nanosOfDay(reading.value) };
}

/** An offset has few characters and few forms; anything odd goes to the grammar with the rest of the cell. */
function asciiText(bytes: Uint8Array, start: number, end: number): string {
  if (start === end) return '';
  if (end - start === 1 && bytes[start] === 0x5a) return 'Z';
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
