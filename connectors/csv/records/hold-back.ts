import type { DialectOptions } from '../dialect/dialect-options.js';
import { isBlankRecord } from './field-bytes.js';
import { LINE_FEED, type Marks, RETURN } from './marks.js';
import { findLine, type LineSpan } from './scan-line.js';
import { emptyScan, scanRecord } from './scan-record.js';
import type { Window } from './window.js';

/**
 * Where to stop for now when the last records of the file are a footer: before the last `rows` whole records of the
 * window, for they may be the file's. `undefined` when no such footer was declared.
 */
export function createHoldBack(
  options: DialectOptions,
  marks: Marks,
  maxRecordBytes: number,
): ((window: Window, isDiscarding: boolean) => number) | undefined {
  const rows = options.footer !== undefined && 'rows' in options.footer ? options.footer.rows : 0;
  if (rows === 0) return undefined;
  const scan = emptyScan();
  const span: LineSpan = { end: 0, next: 0 };

  return (window, isDiscarding) => {
    const { bytes, end, isLast } = window;
    let at = isDiscarding ? afterLine(window, window.at) : window.at;
    const begin = at;
    const starts: number[] = [];
    while (at < end) {
      const start = at;
      const outcome = scanRecord(scan, bytes, at, end, isLast, marks, maxRecordBytes);
      if (outcome === 'open') break;
      if (outcome === 'closed') {
        at = scan.next;
        if (isBlankRecord(scan, bytes)) continue;
      } else {
        const line = findLine(span, bytes, at, end, isLast, maxRecordBytes);
        if (line === 'open') break;
        at = line === 'found' ? span.next : afterLine(window, at);
      }
      starts.push(start);
      if (starts.length > rows) starts.shift();
    }
    return starts.length < rows ? begin : (starts[0] ?? begin);
  };
}

/** Where the line after the one at `from` begins, the window's end if it is not there yet. */
function afterLine(window: Window, from: number): number {
  const { bytes, end } = window;
  let at = from;
  while (at < end && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at += 1;
  if (at >= end) return end;
  return bytes[at] === RETURN && at + 1 < end && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
}
