import { isUtf8 } from 'node:buffer';

const REPLACEMENT = Buffer.from('\uFFFD');

/** Whether `bytes[start, end)` is text. `marksBadUnits`: bytes that were none have become U+FFFD before. */
export function isText(bytes: Uint8Array, start: number, end: number, marksBadUnits: boolean): boolean {
  if (!marksBadUnits) return isUtf8(bytes.subarray(start, end));
  return !Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).includes(REPLACEMENT);
}

/** How many bytes at the end of `bytes[start, end)` begin a character that the next piece may complete. */
export function unfinishedBytes(bytes: Uint8Array, start: number, end: number): number {
  for (let back = 1; back <= Math.min(3, end - start); back += 1) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** Text with each byte that is none spelled `\xE4`, and NUL spelled `\x00`, which not every store can keep. */
export function spelled(bytes: Uint8Array): string {
  const text = isUtf8(bytes) ? decode(bytes, 0, bytes.length) : decodeSpelling(bytes);
  return text.includes('\0') ? text.replaceAll('\0', '\\x00') : text;
}

function decodeSpelling(bytes: Uint8Array): string {
  const parts: string[] = [];
  let good = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(decode(bytes, good, at), `\\x${(bytes[at] ?? 0).toString(16).toUpperCase()}`);
    at += 1;
    good = at;
  }
  parts.push(decode(bytes, good, at));
  return parts.join('');
}

/** Well-formed bytes as text. */
function decode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

/** Length of the well-formed character at `at`, 0 if there is none (Unicode, table 3-7). */
function characterLength(bytes: Uint8Array, at: number): number {
  const length = sequenceLength(bytes[at] ?? 0);
  if (length <= 1) return length;
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}
