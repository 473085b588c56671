import { type DecimalVector, NARROW_DIGITS } from './decimal-vector.js';
import { UNSLICED } from './raw-column.js';
import { type CellReader, eachSlice, type SliceReader } from './slice-reader.js';

const ZERO = 0x30;
const MINUS = 0x2d;
const NO_POINT = -1;
const NONE = -1;

/**
 * Numbers of digits, with a minus before and a decimal separator in between, as programs and most files write them.
 *
 * Without group separators such a text has one meaning wherever its separator is the column's, which the column's own
 * grammar is asked for. Leading zeros, other signs, spaces and long numbers are left to it.
 */
export function decimalSlices(integer: boolean, reader: CellReader, { units, places }: DecimalVector): SliceReader {
  // Where a number needs a sign of its unit, a bare one is a reject.
  if (!reads(reader, '12', '12') || !reads(reader, '-120', '-120')) return eachSlice(() => false);
  const point = integer ? NO_POINT : separatorOf(reader);
  return ({ bytes, bounds, first, stride }, rows, count, unusual) => {
    let left = 0;
    for (let index = 0; index < count; index++) {
      const row = rows[index] ?? 0;
      const place = first + row * stride;
      const start = bounds[place] ?? UNSLICED;
      const end = bounds[place + 1] ?? start;
      const negative = start >= 0 && bytes[start] === MINUS;
      const begin = negative ? start + 1 : start;
      // One more than the digits: the separator. What is longer, blank or no slice does not get as far as its end.
      const limit = start >= 0 && end - begin <= NARROW_DIGITS + 1 ? end : begin;
      let value = 0;
      let at = begin;
      for (; at < limit; at++) {
        const digit = (bytes[at] ?? 0) - ZERO;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
      }
      const wholeDigits = at - begin;
      let decimals = 0;
      if (at < limit && bytes[at] === point) {
        for (at += 1; at < limit; at++) {
          const digit = (bytes[at] ?? 0) - ZERO;
          if (digit < 0 || digit > 9) break;
          value = value * 10 + digit;
        }
        // A separator that ends the number is as odd as a letter.
        decimals = at - begin - wholeDigits - 1 || NONE;
      }
      const odd = wholeDigits === 0 || wholeDigits > NARROW_DIGITS || (wholeDigits > 1 && bytes[begin] === ZERO);
      if (odd || at < end || decimals === NONE) {
        unusual[left++] = row;
      } else {
        units[row] = negative ? 0 - value : value;
        places[row] = decimals;
      }
    }
    return left;
  };
}

/** The byte that this column's grammar takes for a decimal separator and nothing else. */
function separatorOf(reader: CellReader): number {
  const found = ['.', ','].find((each) => reads(reader, `1${each}5`, '1.5') && reads(reader, `-1${each}234`, '-1.234'));
  return found === undefined ? NO_POINT : found.charCodeAt(0);
}

function reads(reader: CellReader, text: string, expected: string): boolean {
  const reading = reader(text);
  return reading.ok && reading.value === expected;
}
