import { shortened } from '#connectors/sdk/raw-text.js';
import type { DialectOptions, Repair } from '../dialect/dialect-options.js';
import { isText, spelled, unfinishedBytes } from '../text/well-formed.js';
import { dropNulsInPlace, fieldText, isBlankRecord, unescapeInPlace } from './field-bytes.js';
import { createHoldBack } from './hold-back.js';
import { COMMA, LINE_FEED, type Marks, RETURN } from './marks.js';
import { cellMending } from './mend-cells.js';
import { createPlainRows } from './plain-rows.js';
import {
  brokenQuote,
  CUT_OFF,
  INVALID_ENCODING,
  NUL_BYTE,
  type RecordProblem,
  TOO_LARGE,
  tooFewFields,
  tooManyFields,
} from './problems.js';
import type { Projection } from './projection.js';
import { findLine, type LineSpan, scanLine } from './scan-line.js';
import { emptyScan, PLAIN, PLAIN_ESCAPED, QUOTED_ESCAPED, scanRecord } from './scan-record.js';
import { addRepair, addSkips, isFull, type SlicedBatch } from './sliced-batch.js';
import { repairFor, surplusOf } from './surplus.js';
import type { LostContent } from './types.js';
import type { Window } from './window.js';

/** How much of a record too long to be one is shown, in bytes, before it is shortened. */
const SHOWN_BYTES = 2048;

export interface RecordParserOptions {
  readonly file: string;
  readonly marks: Marks;
  readonly projection: Projection;
  readonly options: DialectOptions;
  readonly maxRecordBytes: number;
  readonly marksBadUnits: boolean;
  /** Whether most records of the file have content beyond the header. */
  readonly isSurplusUsual: boolean;
}

export interface RecordParser {
  /** To be called whenever bytes were added to the window. */
  lookAt(window: Window): void;
  /** Records so far that were mended by dropping content. */
  readonly lost: LostContent | undefined;
  /** Takes records until the batch is full (`true`) or the window has no whole one left (`false`). */
  run(window: Window, batch: SlicedBatch): boolean;
}

/** Turns records into rows and rejects; every one of them is accounted for. */
export function createRecordParser(setup: RecordParserOptions): RecordParser {
  const { file, marks, projection, options, maxRecordBytes, marksBadUnits, isSurplusUsual } = setup;
  const { fields, cells, fieldCount, width, copies } = projection;
  const allowed = new Set<Repair>(options.repairs ?? []);
  const footerText = options.footer !== undefined && 'from' in options.footer ? options.footer.from : undefined;
  const needsFinalLineEnd = options.final_line_end === 'required';
  const mending = cellMending(options, marks.delimiter);
  const holdBack = createHoldBack(options, marks, maxRecordBytes);
  const scan = emptyScan();
  const span: LineSpan = { end: 0, next: 0 };

  let isWellFormed = true;
  let limit = 0;
  /** In the rest of a line of which the beginning was a reject. */
  let isDiscarding = false;
  let isInFooter = false;

  const copyCells = (bounds: Int32Array, row: number): void => {
    for (const [from, to] of copies) {
      bounds[(row * width + to) * 2] = bounds[(row * width + from) * 2] ?? -1;
      bounds[(row * width + to) * 2 + 1] = bounds[(row * width + from) * 2 + 1] ?? -1;
    }
  };
  const takePlainRows = createPlainRows({
    marks,
    projection,
    maxRecordBytes,
    suspectFirstBytes: footerText === undefined ? [] : [Buffer.from(footerText)[0] ?? 0, marks.quote[0] ?? 0, 32, 9],
    takesQuoted: !mending.changesCells,
    needsFinalLineEnd,
    marksBadUnits,
    mend:
      !mending.changesCells && copies.length === 0
        ? undefined
        : (bytes, bounds, row) => {
            if (mending.changesCells)
              for (let place = row * width * 2; place < (row + 1) * width * 2; place += 2)
                mending.cell(bytes, bounds, place);
            copyCells(bounds, row);
          },
  });

  const surplusSetup = { fieldCount, lastField: Math.max(-1, ...fields), marks, isUsual: isSurplusUsual };
  let lost: LostContent | undefined;

  const advance = (window: Window): void => {
    window.at = scan.next;
    window.line += scan.lines;
  };
  const reject = (window: Window, batch: SlicedBatch, end: number, problem: RecordProblem): void => {
    const raw = shortened(spelled(window.bytes.subarray(window.at, end)));
    batch.rejects.push({ locator: `${file}:${window.line}`, raw, ...problem });
  };

  /** The row of the record in `scan`, or why there is none. */
  const problemOf = (window: Window, used: Set<Repair>): RecordProblem | undefined => {
    const { bytes, at, end, isLast } = window;
    if (!isWellFormed && !isText(bytes, at, scan.end, marksBadUnits)) return INVALID_ENCODING;
    if (scan.hasNul) {
      if (!allowed.has('nul_bytes')) return NUL_BYTE;
      used.add('nul_bytes');
    }
    if (needsFinalLineEnd && isLast && scan.end === end) return CUT_OFF;
    const { count } = scan;
    if (count < fieldCount) {
      if (!allowed.has('missing_cells')) return tooFewFields(count, fieldCount);
      used.add('missing_cells');
    } else if (count > fieldCount) {
      const surplus = surplusOf(scan, bytes, surplusSetup);
      const repair = repairFor(surplus);
      if (repair === undefined || !allowed.has(repair))
        return tooManyFields(count, fieldCount, surplus, marks.delimiter[0] === COMMA);
      used.add(repair);
    }
    return undefined;
  };

  const addRow = (window: Window, batch: SlicedBatch): void => {
    const { bytes } = window;
    const { bounds, rows: row } = batch;
    for (let index = 0; index < cells.length; index += 1) {
      const field = fields[index] ?? 0;
      const place = (row * width + (cells[index] ?? 0)) * 2;
      if (field >= scan.count) {
        bounds[place] = -1;
        bounds[place + 1] = -1;
        continue;
      }
      const start = scan.starts[field] ?? 0;
      let end = scan.ends[field] ?? start;
      const kind = scan.kinds[field] ?? PLAIN;
      if (kind === QUOTED_ESCAPED || kind === PLAIN_ESCAPED) end = unescapeInPlace(bytes, start, end, marks);
      if (scan.hasNul) end = dropNulsInPlace(bytes, start, end);
      bounds[place] = kind === PLAIN && start === end ? -1 : start;
      bounds[place + 1] = end;
      if (kind === PLAIN && mending.changesCells) mending.cell(bytes, bounds, place);
    }
    copyCells(bounds, row);
    batch.lines[row] = window.line;
    batch.rows += 1;
  };

  const accept = (window: Window, batch: SlicedBatch, used: Set<Repair>): void => {
    const problem = problemOf(window, used);
    if (problem !== undefined) {
      reject(window, batch, scan.end, problem);
    } else {
      if (used.has('lose_extra_content'))
        lost = { count: (lost?.count ?? 0) + 1, first: lost?.first ?? `${file}:${window.line}` };
      addRow(window, batch);
      for (const repair of used) addRepair(batch, repair);
    }
    advance(window);
  };

  const isFooter = (bytes: Uint8Array): boolean =>
    footerText !== undefined && fieldText(scan, bytes, 0, marks).trimStart().startsWith(footerText);

  /** Takes the record at the window's `at`, whatever it is. Answers `false` when its end is not in the window. */
  const takeOne = (window: Window, batch: SlicedBatch): boolean => {
    const { bytes, at, end, isLast } = window;
    const outcome = scanRecord(scan, bytes, at, end, isLast, marks, maxRecordBytes);
    if (outcome === 'open') return false;
    if (outcome === 'closed') {
      if (isBlankRecord(scan, bytes)) {
        addSkips(batch, 'blank_line', 1);
        advance(window);
      } else if (isFooter(bytes)) {
        isInFooter = true;
      } else {
        accept(window, batch, new Set());
      }
      return true;
    }
    const line = findLine(span, bytes, at, end, isLast, maxRecordBytes);
    if (line === 'open') return false;
    if (line === 'too_long') {
      const shown = Math.min(at + Math.min(SHOWN_BYTES, maxRecordBytes), end);
      reject(window, batch, shown - unfinishedBytes(bytes, at, shown), TOO_LARGE);
      isDiscarding = true;
      return true;
    }
    const used = new Set<Repair>();
    scanLine(scan, bytes, at, span, marks, used);
    if (isFooter(bytes)) {
      isInFooter = true;
      return true;
    }
    const missing = new Set([...used].filter((repair) => !allowed.has(repair)));
    // A line that reads well by itself broke as the beginning of a record that is too long.
    if (used.size > 0 && missing.size === 0) {
      accept(window, batch, used);
    } else {
      reject(window, batch, span.end, brokenQuote(missing));
      advance(window);
    }
    return true;
  };

  /** Skips the rest of the line. Answers `false` when its end is not in the window. */
  const skipLine = (window: Window): boolean => {
    const { bytes, end, isLast } = window;
    let { at } = window;
    while (at < end && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at += 1;
    window.at = at;
    if (at >= end) return isLast;
    if (bytes[at] === RETURN && at + 1 >= end && !isLast) return false;
    window.at = bytes[at] === RETURN && at + 1 < end && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
    window.line += 1;
    return true;
  };

  return {
    get lost() {
      return lost;
    },
    lookAt(window) {
      const { bytes, at, end, isLast } = window;
      isWellFormed = isText(bytes, at, isLast ? end : end - unfinishedBytes(bytes, at, end), marksBadUnits);
      limit = holdBack?.(window, isDiscarding) ?? end + 1;
    },
    run(window, batch) {
      for (;;) {
        if (isFull(batch)) return true;
        if (isInFooter && !isDiscarding) {
          if (window.at >= window.end) return false;
          addSkips(batch, 'footer', 1);
          isDiscarding = true;
        }
        if (isDiscarding) {
          if (!skipLine(window)) return false;
          isDiscarding = false;
          continue;
        }
        if (takePlainRows(window, limit, batch, isWellFormed)) {
          if (!takeOne(window, batch)) return false;
        } else if (!isFull(batch)) {
          if (!window.isLast || window.at < limit || window.at >= window.end) return false;
          isInFooter = true;
        }
      }
    },
  };
}
