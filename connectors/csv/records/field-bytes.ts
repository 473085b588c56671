import { spelled } from '../text/well-formed.js';
import type { Marks } from './marks.js';
import { isPadding, PLAIN, PLAIN_ESCAPED, QUOTED, QUOTED_ESCAPED, type RecordScan, standsAt } from './scan-record.js';

/** Takes doubled quotes and escapes out of `bytes[start, end)`, in place. Answers the new end. */
export function unescapeInPlace(bytes: Uint8Array, start: number, end: number, marks: Marks): number {
  const { quote, escape: escapeByte } = marks;
  let to = start;
  let at = start;
  while (at < end) {
    if (escapeByte !== -1) {
      if (bytes[at] === escapeByte && at + 1 < end) at += 1;
    } else if (standsAt(bytes, at, quote) && at + quote.length < end && standsAt(bytes, at + quote.length, quote)) {
      for (let index = 0; index < quote.length; index += 1) bytes[to++] = quote[index] ?? 0;
      at += 2 * quote.length;
      continue;
    }
    bytes[to++] = bytes[at++] ?? 0;
  }
  return to;
}

/** Takes NUL bytes out of `bytes[start, end)`, in place. Answers the new end. */
export function dropNulsInPlace(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0) bytes[to++] = byte;
  }
  return to;
}

/** Text of field `index`, without changing the bytes. */
export function fieldText(scan: RecordScan, bytes: Uint8Array, index: number, marks: Marks): string {
  let start = scan.starts[index] ?? 0;
  let end = scan.ends[index] ?? start;
  const kind = scan.kinds[index] ?? 0;
  if (kind === QUOTED || kind === QUOTED_ESCAPED || kind === PLAIN_ESCAPED) {
    const copy = bytes.slice(start, end);
    return spelled(kind === QUOTED ? copy : copy.subarray(0, unescapeInPlace(copy, 0, copy.length, marks)));
  }
  if (marks.trim) {
    while (start < end && isPadding(bytes[start], marks.delimiter)) start += 1;
    while (end > start && isPadding(bytes[end - 1], marks.delimiter)) end -= 1;
  }
  return spelled(bytes.subarray(start, end));
}

/** Whether field `index` is an unquoted one without a letter. */
export function isEmptyField(scan: RecordScan, index: number): boolean {
  return scan.kinds[index] === 0 && scan.starts[index] === scan.ends[index];
}

/** Nothing but white space, and no delimiter among it (a line of tabs is a row of a tab-separated file). */
export function isBlankRecord(scan: RecordScan, bytes: Uint8Array): boolean {
  if (scan.count !== 1 || scan.kinds[0] !== PLAIN) return false;
  const start = scan.starts[0] ?? 0;
  return start === scan.end || spelled(bytes.subarray(start, scan.end)).trim() === '';
}
