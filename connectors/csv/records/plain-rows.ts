import { isText } from '../text/well-formed.js';
import { LINE_FEED, type Marks, RETURN } from './marks.js';
import type { Projection } from './projection.js';
import type { SlicedBatch } from './sliced-batch.js';
import type { Window } from './window.js';

/** What a byte means to the loop. */
const LETTER = 0;
const DELIMITER = 1;
const LINE_END = 2;
const QUOTE = 3;
const OTHER = 4;

export interface PlainRowsOptions {
  readonly marks: Marks;
  readonly projection: Projection;
  readonly maxRecordBytes: number;
  /** First bytes of records that need a closer look, such as those of a footer. */
  readonly suspectFirstBytes: readonly number[];
  /** Cells need no work after they were found, so simple quoted ones can be taken here as well. */
  readonly takesQuoted: boolean;
  readonly needsFinalLineEnd: boolean;
  readonly marksBadUnits: boolean;
  /** After each row: trims its cells, and so on. */
  readonly mend: ((bytes: Uint8Array, bounds: Int32Array, row: number) => void) | undefined;
}

/**
 * The fast way: takes rows from the window for as long as they are plain and have the right number of fields, one look
 * at each byte and nothing made. Stops at the first record that needs a closer look, at `limit`, at the window's end,
 * or when the batch is full.
 *
 * @returns whether the record it stopped at needs the closer look
 */
export type PlainRows = (window: Window, limit: number, batch: SlicedBatch, isWellFormed: boolean) => boolean;

export function createPlainRows(options: PlainRowsOptions): PlainRows {
  const { marks, projection, maxRecordBytes, mend, marksBadUnits, needsFinalLineEnd } = options;
  const { fields, cells, fieldCount, width } = projection;
  const classes = new Uint8Array(256);
  classes[0] = OTHER;
  classes[LINE_FEED] = LINE_END;
  classes[RETURN] = LINE_END;
  if (marks.escape >= 0) classes[marks.escape] = OTHER;
  if (marks.quote.length > 0) classes[marks.quote[0] ?? 0] = marks.quote.length === 1 ? QUOTE : OTHER;
  if (marks.delimiter.length > 0) classes[marks.delimiter[0] ?? 0] = marks.delimiter.length === 1 ? DELIMITER : OTHER;

  // Most letters are beyond every byte that means something, which is cheaper to see than to look up.
  const highest = classes.findLastIndex((byteClass) => byteClass !== LETTER);

  // Within quotes only these stop the loop; all but the quote need the closer look.
  const quotedClasses = new Uint8Array(256);
  for (const byte of [0, LINE_FEED, RETURN, marks.escape]) if (byte >= 0) quotedClasses[byte] = OTHER;
  if (marks.quote.length === 1) quotedClasses[marks.quote[0] ?? 0] = QUOTE;
  const quoteClass = options.takesQuoted && marks.quote.length === 1 ? QUOTE : -1;

  const suspectFirst = new Uint8Array(256);
  for (const byte of options.suspectFirstBytes) suspectFirst[byte] = 1;
  // A record of one field may be a blank line: white space of any script.
  if (fieldCount === 1) suspectFirst.fill(1, 0, 33).fill(1, 128);

  return (window, limit, batch, isWellFormed) => {
    const { bytes, end, isLast } = window;
    const { bounds, lines } = batch;
    const rowLimit = batch.capacity - batch.rejects.length;
    let { at, line } = window;
    let row = batch.rows;
    let needsCloserLook = false;
    while (row < rowLimit && at < limit) {
      const start = at;
      const base = row * width;
      let fieldStart = at;
      let field = 0;
      let wanted = 0;
      let nextField = fields[0] ?? -1;
      let byteClass = LETTER;
      for (;;) {
        let byte = bytes[at] ?? 0;
        while (byte > highest) {
          at += 1;
          byte = bytes[at] ?? 0;
        }
        byteClass = classes[byte] ?? OTHER;
        if (byteClass === LETTER) {
          at += 1;
          continue;
        }
        if (byteClass === DELIMITER) {
          if (field === nextField) {
            const place = (base + (cells[wanted] ?? 0)) * 2;
            bounds[place] = at === fieldStart ? -1 : fieldStart;
            bounds[place + 1] = at;
            wanted += 1;
            nextField = fields[wanted] ?? -1;
          }
          field += 1;
          at += 1;
          fieldStart = at;
          continue;
        }
        if (byteClass === quoteClass && at === fieldStart) {
          let closing = at + 1;
          while (quotedClasses[bytes[closing] ?? 0] === 0) closing += 1;
          if (quotedClasses[bytes[closing] ?? 0] !== QUOTE || closing >= end) {
            byteClass = OTHER;
            break;
          }
          if (field === nextField) {
            const place = (base + (cells[wanted] ?? 0)) * 2;
            bounds[place] = at + 1;
            bounds[place + 1] = closing;
            wanted += 1;
            nextField = fields[wanted] ?? -1;
          }
          at = closing + 1;
          byteClass = classes[bytes[at] ?? 0] ?? OTHER;
          if (byteClass !== DELIMITER) {
            // Its cell is stored; what follows must be a line end.
            nextField = -1;
            break;
          }
          field += 1;
          at += 1;
          fieldStart = at;
          continue;
        }
        break;
      }
      if (byteClass !== LINE_END) {
        // Ran into the closer look, or, within quotes, out of bytes: the closer look finds out.
        at = start;
        needsCloserLook = true;
        break;
      }
      let next = at + 1;
      if (at >= end) {
        at = start;
        if (!isLast || start >= end) break;
        if (needsFinalLineEnd) {
          needsCloserLook = true;
          break;
        }
        at = end;
        next = end;
      } else if (bytes[at] === RETURN) {
        if (next >= end && !isLast) {
          at = start;
          break;
        }
        if (next < end && bytes[next] === LINE_FEED) next += 1;
      }
      if (
        field + 1 !== fieldCount ||
        at === start ||
        at - start > maxRecordBytes ||
        suspectFirst[bytes[start] ?? 0] === 1 ||
        !(isWellFormed || isText(bytes, start, at, marksBadUnits))
      ) {
        at = start;
        needsCloserLook = true;
        break;
      }
      if (field === nextField) {
        const place = (base + (cells[wanted] ?? 0)) * 2;
        bounds[place] = at === fieldStart ? -1 : fieldStart;
        bounds[place + 1] = at;
      }
      if (mend !== undefined) mend(bytes, bounds, row);
      lines[row] = line;
      row += 1;
      line += 1;
      at = next;
    }
    window.at = at;
    window.line = line;
    batch.rows = row;
    return needsCloserLook;
  };
}
