import { type DayKey, dayKeyOf, NO_DAY } from './day-key.js';

const ZERO = 0x30;
const FIELDS = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] as const;
type Field = (typeof FIELDS)[number];

/** Where each field of a date stands, in bytes: for patterns all of whose texts have one form. */
export interface DateLayout {
  readonly length: number;
  /** First byte of each field; -1 where the pattern has none. */
  readonly at: Readonly<Record<Field, number>>;
  /** Everything else: a place, then its byte. */
  readonly separators: readonly number[];
}

/** The layout of a pattern; `undefined` where fields have several lengths, or it quotes text or goes beyond ASCII. */
export function layoutOf(pattern: string): DateLayout | undefined {
  const at: Record<Field, number> = { yyyy: -1, MM: -1, dd: -1, HH: -1, mm: -1, ss: -1 };
  const separators: number[] = [];
  let length = 0;
  // Cells are read without outer white space, so that a pattern with some is never met.
  if (pattern.trim() !== pattern) return undefined;
  for (const piece of pattern.match(/([A-Za-z])\1*|./gsu) ?? []) {
    const field = FIELDS.find((each) => each === piece);
    if (field !== undefined) {
      at[field] = length;
    } else if (piece.length === 1 && /^[T\x20-&(-@[-`{-~]$/.test(piece)) {
      separators.push(length, piece.charCodeAt(0));
    } else {
      return undefined;
    }
    length += piece.length;
  }
  // Where no month stands, a year or a part of one is named, which is the grammar's to place.
  return at.MM < 0 ? undefined : { length, at, separators };
}

/** The day that stands at `start`, the first of the month where the layout has no day; or `NO_DAY` for anything unusual. */
export function dayIn({ at, separators }: DateLayout, bytes: Uint8Array, start: number): DayKey {
  for (let index = 0; index < separators.length; index += 2) {
    if (bytes[start + (separators[index] ?? 0)] !== separators[index + 1]) return NO_DAY;
  }
  const century = twoDigits(bytes, start + at.yyyy);
  const year = century * 100 + twoDigits(bytes, start + at.yyyy + 2);
  const month = twoDigits(bytes, start + at.MM);
  return dayKeyOf(year, month, at.dd < 0 ? 1 : twoDigits(bytes, start + at.dd));
}

/** 0 to 99; for what are not two digits a number so far below 0 that no day or time has it in any part. */
export function twoDigits(bytes: Uint8Array, start: number): number {
  const tens = (bytes[start] ?? 0) - ZERO;
  const ones = (bytes[start + 1] ?? 0) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -100_000;
}
