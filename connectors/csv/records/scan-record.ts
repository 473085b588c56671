import { LINE_FEED, type Marks, RETURN } from './marks.js';

/** How a scan ended: `open` means that the bytes so far do not tell. */
export type ScanOutcome = 'open' | 'closed' | 'broken' | 'too_long';

/** What a field was written as. `escaped`: its text still holds doubled quotes or escapes. */
export const PLAIN = 0;
export const PLAIN_ESCAPED = 1;
export const QUOTED = 2;
export const QUOTED_ESCAPED = 3;

/** The fields of one record, as places in the bytes; the same object for every record. */
export interface RecordScan {
  /** Fields found. */
  count: number;
  starts: Int32Array;
  ends: Int32Array;
  kinds: Uint8Array;
  /** Where the record's text ends, before its line end. */
  end: number;
  /** Where the next record starts. */
  next: number;
  /** Physical lines it covers. */
  lines: number;
  hasNul: boolean;
}

export function emptyScan(): RecordScan {
  return {
    count: 0,
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    kinds: new Uint8Array(64),
    end: 0,
    next: 0,
    lines: 1,
    hasNul: false,
  };
}

export function addField(scan: RecordScan, start: number, end: number, kind: number): void {
  if (scan.count === scan.starts.length) {
    const starts = new Int32Array(scan.count * 2);
    const ends = new Int32Array(scan.count * 2);
    const kinds = new Uint8Array(scan.count * 2);
    starts.set(scan.starts);
    ends.set(scan.ends);
    kinds.set(scan.kinds);
    scan.starts = starts;
    scan.ends = ends;
    scan.kinds = kinds;
  }
  scan.starts[scan.count] = start;
  scan.ends[scan.count] = end;
  scan.kinds[scan.count] = kind;
  scan.count += 1;
}

/** Whether `mark` stands at `at`. An empty mark stands nowhere. */
export function standsAt(bytes: Uint8Array, at: number, mark: Uint8Array): boolean {
  if (mark.length === 0 || bytes[at] !== mark[0]) return false;
  for (let index = 1; index < mark.length; index += 1) if (bytes[at + index] !== mark[index]) return false;
  return true;
}

export function isPadding(byte: number | undefined, delimiter: Uint8Array): boolean {
  return (byte === 32 || byte === 9) && byte !== delimiter[0];
}

/**
 * Reads the record at `start`, strictly: a quote opens a field only as its first character, is doubled (or escaped)
 * inside, and what follows the closing one is a delimiter or a line end. Looks at no byte beyond the longest record,
 * and answers the same however the bytes are cut, or `open`.
 *
 * @param end the byte after the last one there is; the two after it may be read, and mean nothing
 * @param isLast whether the file ends there
 * @param maxBytes of a record
 */
export function scanRecord(
  scan: RecordScan,
  bytes: Uint8Array,
  start: number,
  end: number,
  isLast: boolean,
  marks: Marks,
  maxBytes: number,
): ScanOutcome {
  const { delimiter, quote, escape: escapeByte, trim } = marks;
  const delimiterFirst = delimiter[0] ?? -1;
  const quoteFirst = quote[0] ?? -1;
  const farthest = start + maxBytes + 2;
  const stop = end < farthest ? end : farthest;
  const isWhole = isLast && stop === end;
  const isUnsure = !isLast && stop < farthest;
  const longest = delimiter.length > quote.length ? delimiter.length : quote.length;
  // A mark of several bytes that begins here may end in the next piece.
  const sure = isWhole || longest <= 1 ? stop : stop - longest + 1;
  let at = start;
  scan.count = 0;
  scan.lines = 1;
  scan.hasNul = false;
  for (;;) {
    let from = at;
    if (trim) {
      while (from < stop && isPadding(bytes[from], delimiter)) from += 1;
      if (from >= stop && !isWhole) return isUnsure ? 'open' : 'too_long';
    }
    if (from < sure && bytes[from] === quoteFirst && standsAt(bytes, from, quote)) {
      from += quote.length;
      at = from;
      let kind = QUOTED;
      for (;;) {
        if (at >= sure) return isUnsure ? 'open' : 'broken';
        const byte = bytes[at];
        if (byte === quoteFirst && standsAt(bytes, at, quote)) {
          const after = at + quote.length;
          if (after >= sure && !isWhole) return isUnsure ? 'open' : 'broken';
          if (escapeByte !== -1 || after >= stop || !standsAt(bytes, after, quote)) break;
          kind = QUOTED_ESCAPED;
          at = after + quote.length;
          continue;
        }
        if (byte === escapeByte) {
          kind = QUOTED_ESCAPED;
          const next = bytes[at + 1];
          at += at + 1 < stop && (next === quoteFirst || next === escapeByte) ? 2 : 1;
          continue;
        }
        if (byte === LINE_FEED || (byte === RETURN && bytes[at + 1] !== LINE_FEED)) scan.lines += 1;
        else if (byte === 0) scan.hasNul = true;
        at += 1;
      }
      addField(scan, from, at, kind);
      at += quote.length;
      if (trim) while (at < stop && isPadding(bytes[at], delimiter)) at += 1;
      if (at >= sure && !isWhole) return isUnsure ? 'open' : 'broken';
      if (at < stop) {
        const byte = bytes[at];
        if (byte !== LINE_FEED && byte !== RETURN && !standsAt(bytes, at, delimiter)) return 'broken';
      }
    } else {
      from = at;
      let kind = PLAIN;
      for (;;) {
        if (at >= sure) {
          if (isWhole) break;
          return isUnsure ? 'open' : 'too_long';
        }
        const byte = bytes[at];
        if (byte === LINE_FEED || byte === RETURN) break;
        if (byte === delimiterFirst && standsAt(bytes, at, delimiter)) break;
        if (byte === quoteFirst && standsAt(bytes, at, quote)) return 'broken';
        if (byte === escapeByte) {
          if (at + 1 >= stop && !isWhole) return isUnsure ? 'open' : 'too_long';
          const next = bytes[at + 1];
          if (at + 1 < stop && next !== LINE_FEED && next !== RETURN) {
            kind = PLAIN_ESCAPED;
            if (next === 0) scan.hasNul = true;
            at += 2;
            continue;
          }
        }
        if (byte === 0) scan.hasNul = true;
        at += 1;
      }
      addField(scan, from, at, kind);
    }
    if (at < stop && standsAt(bytes, at, delimiter)) {
      at += delimiter.length;
      continue;
    }
    if (at - start > maxBytes) return 'too_long';
    scan.end = at;
    if (at >= stop) {
      scan.next = at;
      return 'closed';
    }
    if (bytes[at] === RETURN) {
      if (at + 1 >= stop && !isWhole) return 'open';
      scan.next = at + 1 < stop && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
    } else {
      scan.next = at + 1;
    }
    return 'closed';
  }
}
