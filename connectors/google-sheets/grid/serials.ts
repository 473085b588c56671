import { addDays, millisecondsBetween } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { Decimal } from '#src/domain/value/decimal.js';

/** A wall-clock time of the spreadsheet's zone. */
export interface WallTime {
  readonly date: CalendarDate;
  /** `HH:MM:SS`, with milliseconds where they are not 0. */
  readonly time: string;
}

const EPOCH: CalendarDate = '1899-12-30';
const MILLISECONDS_OF_DAY = 86_400_000n;
/** 1900-01-01: what lies before is a time of day, a duration or a mistake sooner than a date. */
const FIRST_DAY = 2n;
/** 9999-12-31. */
const LAST_DAY = 2_958_465n;

/** Nobody measures days of 1905, and many write a year alone. */
const BARE_YEAR = /^(?:19|20|21)\d\d$/;

/** Whether a number is sooner a year that somebody typed than a day of the years 1905 and 1906. */
export function isBareYear(digits: string): boolean {
  return BARE_YEAR.test(digits);
}

/** Days seen, so that a column of one month is not counted out cell by cell. */
const dates = new Map<bigint, CalendarDate>();
const MEMORY = 10_000;

/**
 * The wall-clock time of a serial number (days since 1899-12-30), rounded half up to the millisecond: its digits say no
 * more. `undefined` before 1900 and after 9999.
 */
export function wallTimeOf(serial: string): WallTime | undefined {
  const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(serial);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  const scale = 10n ** BigInt(fraction.length);
  const exact = BigInt(whole + fraction) * MILLISECONDS_OF_DAY;
  const milliseconds = (exact * 2n + scale) / (scale * 2n);
  const day = milliseconds / MILLISECONDS_OF_DAY;
  if (day < FIRST_DAY || day > LAST_DAY) return undefined;
  return { date: dateOf(day), time: clockOf(milliseconds % MILLISECONDS_OF_DAY) };
}

/** A day as the texts of a column that counts days as the spreadsheet does. */
export function serialTexts({ date }: WallTime): readonly string[] {
  return [String(millisecondsBetween(`${EPOCH}T00:00:00Z`, `${date}T00:00:00Z`) / 86_400_000)];
}

function dateOf(day: bigint): CalendarDate {
  const known = dates.get(day);
  if (known !== undefined) return known;
  if (dates.size >= MEMORY) dates.clear();
  const date = addDays(EPOCH, new Decimal(day.toString()).toNumber());
  dates.set(day, date);
  return date;
}

function clockOf(milliseconds: bigint): string {
  const two = (value: bigint): string => value.toString().padStart(2, '0');
  const seconds = milliseconds / 1000n;
  const fraction = milliseconds % 1000n;
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return fraction === 0n ? clock : `${clock}.${fraction.toString().padStart(3, '0')}`;
}
