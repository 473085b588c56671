import type { BooleanVector } from './column-vector.js';
import { type CellReader, eachSlice, type SliceReader } from './slice-reader.js';

/** Bytes of a word that fit into one whole number. */
const LONGEST_WORD = 6;

/** Words for true and false, each asked of the grammar once and remembered by its length and bytes. */
export function booleanSlices(reader: CellReader, { values }: BooleanVector): SliceReader {
  const meanings = new Map<number, number>();
  return eachSlice((bytes, start, end, row) => {
    if (end - start > LONGEST_WORD) return false;
    // The length goes first: bytes that are NUL would count for nothing.
    let word = end - start;
    for (let at = start; at < end; at++) word = word * 256 + (bytes[at] ?? 0);
    let meaning = meanings.get(word);
    if (meaning === undefined) {
      const read = meaningOf(bytes, start, end, reader);
      if (read === undefined) return false;
      meaning = read ? 1 : 0;
      meanings.set(word, meaning);
    }
    values[row] = meaning;
    return true;
  });
}

function meaningOf(bytes: Uint8Array, start: number, end: number, reader: CellReader): boolean | undefined {
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0 || byte > 0x7f) return undefined;
    text += String.fromCharCode(byte);
  }
  const reading = reader(text);
  return reading.ok && typeof reading.value === 'boolean' ? reading.value : undefined;
}
