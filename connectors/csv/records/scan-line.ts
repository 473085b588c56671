import type { Repair } from '../dialect/dialect-options.js';
import { LINE_FEED, type Marks, RETURN } from './marks.js';
import {
  addField,
  isPadding,
  PLAIN,
  PLAIN_ESCAPED,
  QUOTED,
  QUOTED_ESCAPED,
  type RecordScan,
  standsAt,
} from './scan-record.js';

/** A physical line: where its text ends and the next one starts. */
export interface LineSpan {
  end: number;
  next: number;
}

/**
 * Finds the end of the physical line at `start`: `open` when the bytes so far do not tell, `too_long` when it has more
 * than `maxBytes`.
 */
export function findLine(
  span: LineSpan,
  bytes: Uint8Array,
  start: number,
  end: number,
  isLast: boolean,
  maxBytes: number,
): 'open' | 'found' | 'too_long' {
  const farthest = start + maxBytes;
  let at = start;
  while (at < end && at <= farthest && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at += 1;
  if (at > farthest) return 'too_long';
  if (at >= end) {
    span.end = end;
    span.next = end;
    return isLast ? 'found' : 'open';
  }
  if (bytes[at] === RETURN && at + 1 >= end && !isLast) return 'open';
  span.end = at;
  span.next = bytes[at] === RETURN && at + 1 < end && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
  return 'found';
}

/**
 * Takes one physical line apart although its quotes are wrong. Works on a single line only, so that a bad quote can
 * never cost another record.
 *
 * @param used gets the repairs that were needed
 */
export function scanLine(
  scan: RecordScan,
  bytes: Uint8Array,
  start: number,
  span: LineSpan,
  marks: Marks,
  used: Set<Repair>,
): void {
  const { delimiter, quote, escape: escapeByte, trim } = marks;
  const { end } = span;
  const endsField = (at: number): boolean => {
    let after = at;
    if (trim) while (after < end && isPadding(bytes[after], delimiter)) after += 1;
    return after >= end || standsAt(bytes, after, delimiter);
  };
  scan.count = 0;
  scan.lines = 1;
  scan.end = end;
  scan.next = span.next;
  scan.hasNul = bytes.subarray(start, end).includes(0);

  let at = start;
  // Looking for a closing quote anew at each of a long line's fields would take for ever: none found once is none at all.
  let canClose = true;
  for (;;) {
    let from = at;
    if (trim) while (from < end && isPadding(bytes[from], delimiter)) from += 1;
    const isOpened = from < end && standsAt(bytes, from, quote);
    const closing = isOpened && canClose ? closingQuote(bytes, from + quote.length, end, marks, endsField) : undefined;
    if (closing !== undefined) {
      if (closing.hasInner) used.add('inner_quote');
      addField(scan, from + quote.length, closing.at, closing.isEscaped ? QUOTED_ESCAPED : QUOTED);
      at = closing.at + quote.length;
      if (trim) while (at < end && isPadding(bytes[at], delimiter)) at += 1;
    } else {
      if (isOpened) {
        used.add('unclosed_quote');
        canClose = false;
      }
      from = at;
      let kind = PLAIN;
      while (at < end && !standsAt(bytes, at, delimiter)) {
        if (bytes[at] === escapeByte && at + 1 < end) {
          kind = PLAIN_ESCAPED;
          at += 2;
          continue;
        }
        if (!isOpened && standsAt(bytes, at, quote)) used.add('stray_quote');
        at += 1;
      }
      if (at > end) at = end;
      addField(scan, from, at, kind);
    }
    if (at >= end) return;
    at += delimiter.length;
  }
}

function closingQuote(
  bytes: Uint8Array,
  from: number,
  end: number,
  marks: Marks,
  endsField: (at: number) => boolean,
): { at: number; isEscaped: boolean; hasInner: boolean } | undefined {
  const { quote, escape: escapeByte } = marks;
  let isEscaped = false;
  let hasInner = false;
  let at = from;
  while (at < end) {
    if (bytes[at] === escapeByte) {
      isEscaped = true;
      at += 2;
    } else if (standsAt(bytes, at, quote)) {
      const after = at + quote.length;
      if (escapeByte === -1 && after < end && standsAt(bytes, after, quote)) {
        isEscaped = true;
        at = after + quote.length;
      } else if (endsField(after)) {
        return { at, isEscaped, hasInner };
      } else {
        hasInner = true;
        at = after;
      }
    } else {
      at += 1;
    }
  }
  return undefined;
}
