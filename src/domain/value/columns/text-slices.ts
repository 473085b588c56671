import { eachSlice } from './slice-reader.js';

const SPACE = 0x20;
const FIRST_BEYOND_ASCII = 0x80;

/**
 * Text is kept as it is, so there is nothing to read; but errors of spreadsheets (`#N/A`, `Loading...`) are no text, and
 * the grammar knows which. Only what begins with another visible ASCII character is surely none.
 */
export const textSlices = eachSlice((bytes, start) => {
  const byte = bytes[start] ?? 0;
  return byte > SPACE && byte < FIRST_BEYOND_ASCII && byte !== 0x23 && byte !== 0x4c;
});
