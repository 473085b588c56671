import type { DialectOptions, Repair } from '../dialect/dialect-options.js';
import { isText } from '../text/well-formed.js';
import { fieldText, isBlankRecord } from './field-bytes.js';
import type { Marks } from './marks.js';
import { BROKEN_QUOTE, INVALID_ENCODING, NUL_BYTE, type RecordProblem, TOO_LARGE } from './problems.js';
import { findLine, type LineSpan, scanLine } from './scan-line.js';
import { emptyScan, type RecordScan, scanRecord } from './scan-record.js';
import { filledFields } from './surplus.js';

/** Where to look: the first bytes of a file, as UTF-8. */
export interface Head {
  readonly bytes: Uint8Array;
  readonly end: number;
  /** Whether the whole file is in it. */
  readonly isWhole: boolean;
  readonly marksBadUnits: boolean;
  readonly maxRecordBytes: number;
}

/** What was found. `open`: it needs more bytes. */
export type HeaderSearch =
  | {
      readonly outcome: 'found';
      readonly names: readonly string[];
      /** Where the first record after it starts, and on which line. */
      readonly at: number;
      readonly line: number;
      readonly skipped: Readonly<Record<string, number>>;
    }
  | { readonly outcome: 'open' | 'absent' }
  | { readonly outcome: 'broken'; readonly line: number; readonly problem: RecordProblem };

/** How many records are looked at to tell how many fields a record has. */
const SAMPLE_RECORDS = 200;

const LOOK_FOR_MARK = /^sep=(.)$/iu;

/** The delimiter that a spreadsheet named for itself in a line `sep=;` before the table. */
export function hintedDelimiter(line: string): string | undefined {
  return LOOK_FOR_MARK.exec(line)?.[1];
}

/**
 * Finds the header and what stands before it.
 *
 * @param asked names that the header must hold, where it is to be found by them
 */
export function locateHeader(
  head: Head,
  marks: Marks,
  options: DialectOptions,
  asked: readonly string[],
): HeaderSearch {
  const { bytes, end, isWhole, maxRecordBytes } = head;
  const header = typeof options.header === 'object' ? options.header : {};
  const skipped: Record<string, number> = {};
  const span: LineSpan = { end: 0, next: 0 };
  const scan = emptyScan();
  let at = 0;
  let line = 1;
  const skip = (rule: string): void => {
    skipped[rule] = (skipped[rule] ?? 0) + 1;
  };
  const nextLine = (): 'open' | 'found' | 'too_long' => {
    const found = findLine(span, bytes, at, end, isWhole, maxRecordBytes);
    if (found === 'found') {
      at = span.next;
      line += 1;
    }
    return found;
  };

  for (let count = options.skip_lines ?? 0; count > 0; count -= 1) {
    if (at >= end && isWhole) return { outcome: 'absent' };
    const found = nextLine();
    if (found === 'open') return { outcome: 'open' };
    if (found === 'too_long') return { outcome: 'broken', line, problem: TOO_LARGE };
    skip('preamble');
  }

  const delimiter = Buffer.from(marks.delimiter).toString();
  let before = (header.row ?? 1) - 1;
  let mayBeHint = true;
  for (;;) {
    if (at >= end) return { outcome: isWhole ? 'absent' : 'open' };
    const outcome = scanRecord(scan, bytes, at, end, isWhole, marks, maxRecordBytes);
    if (outcome === 'open') return { outcome: 'open' };
    const isClosed = outcome === 'closed';
    if (isClosed && isBlankRecord(scan, bytes)) {
      skip('blank_line');
    } else if (mayBeHint && isClosed && isHint(bytes, at, scan.end, delimiter)) {
      skip('separator_hint');
      mayBeHint = false;
    } else {
      mayBeHint = false;
      if (options.header === 'none') {
        const count = usualFieldCount(head, marks, at);
        return { outcome: 'found', names: Array.from({ length: count }, (_, i) => String(i + 1)), at, line, skipped };
      }
      if (header.find === true) {
        const names = namesFrom(head, marks, options, at, line);
        if (names.outcome === 'open') return names;
        if (names.outcome === 'found' && isTheOne(names.names, asked, () => usualFieldCount(head, marks, at)))
          return { ...names, skipped: { ...skipped, ...blanks(skipped, names.skipped) } };
        // Prose may hold any quote, so it is passed over line by line.
        const found = nextLine();
        if (found === 'open') return { outcome: 'open' };
        if (found === 'too_long') return { outcome: 'broken', line, problem: TOO_LARGE };
        skip('preamble');
        continue;
      }
      if (before === 0) {
        const names = namesFrom(head, marks, options, at, line);
        if (names.outcome !== 'found') return names;
        return { ...names, skipped: { ...skipped, ...blanks(skipped, names.skipped) } };
      }
      before -= 1;
      skip('preamble');
    }
    if (isClosed) {
      at = scan.next;
      line += scan.lines;
    } else {
      const found = nextLine();
      if (found === 'open') return { outcome: 'open' };
      if (found === 'too_long') return { outcome: 'broken', line, problem: TOO_LARGE };
    }
  }
}

/** The names that the header rows at `start` give. */
function namesFrom(head: Head, marks: Marks, options: DialectOptions, start: number, startLine: number): HeaderSearch {
  const { bytes, end, isWhole, maxRecordBytes, marksBadUnits } = head;
  const header = typeof options.header === 'object' ? options.header : {};
  const allowed = new Set<Repair>(options.repairs ?? []);
  const scan = emptyScan();
  const span: LineSpan = { end: 0, next: 0 };
  const rows: string[][] = [];
  let at = start;
  let line = startLine;
  let blankLines = 0;
  while (rows.length < (header.rows ?? 1)) {
    if (at >= end) return { outcome: isWhole ? 'absent' : 'open' };
    const outcome = scanRecord(scan, bytes, at, end, isWhole, marks, maxRecordBytes);
    if (outcome === 'open') return { outcome: 'open' };
    if (outcome !== 'closed') {
      const found = findLine(span, bytes, at, end, isWhole, maxRecordBytes);
      if (found === 'open') return { outcome: 'open' };
      if (found === 'too_long') return { outcome: 'broken', line, problem: TOO_LARGE };
      const used = new Set<Repair>();
      scanLine(scan, bytes, at, span, marks, used);
      if (used.size === 0 || ![...used].every((repair) => allowed.has(repair)))
        return { outcome: 'broken', line, problem: BROKEN_QUOTE };
    }
    if (isBlankRecord(scan, bytes)) {
      blankLines += 1;
    } else {
      if (!isText(bytes, at, scan.end, marksBadUnits)) return { outcome: 'broken', line, problem: INVALID_ENCODING };
      if (scan.hasNul && !allowed.has('nul_bytes')) return { outcome: 'broken', line, problem: NUL_BYTE };
      rows.push(textsOf(scan, bytes, marks));
    }
    at = scan.next;
    line += scan.lines;
  }
  const names = joined(rows, header.join ?? ' ', header.fill ?? false);
  return { outcome: 'found', names, at, line, skipped: blankLines === 0 ? {} : { blank_line: blankLines } };
}

/** The last row says how many columns there are; the rows above it may be shorter. */
function joined(rows: readonly string[][], join: string, fill: boolean): string[] {
  const last = rows.at(-1) ?? [];
  const upper = rows.slice(0, -1).map((row) => (fill ? filled(row, last.length) : row));
  return last.map((name, column) =>
    [...upper.map((row) => row[column] ?? ''), name].filter((part) => part !== '').join(join),
  );
}

function filled(row: readonly string[], length: number): string[] {
  let left = '';
  return Array.from({ length }, (_, column) => {
    const own = row[column] ?? '';
    if (own !== '') left = own;
    return left;
  });
}

function textsOf(scan: RecordScan, bytes: Uint8Array, marks: Marks): string[] {
  return Array.from({ length: scan.count }, (_, index) => fieldText(scan, bytes, index, marks).replaceAll('\\x00', ''));
}

function isTheOne(names: readonly string[], asked: readonly string[], usualCount: () => number): boolean {
  if (asked.length === 0) return names.length > 1 && names.length === usualCount();
  return asked.every((name) => names.includes(name));
}

/** Only the delimiter in use is taken as a hint. */
function isHint(bytes: Uint8Array, start: number, end: number, delimiter: string): boolean {
  if (end - start > 16) return false;
  return hintedDelimiter(Buffer.from(bytes.subarray(start, end)).toString()) === delimiter;
}

/** The number of fields that most of the records from `start` on have. */
function usualFieldCount(head: Head, marks: Marks, start: number): number {
  const counts = new Map<number, number>();
  for (const { count } of sampledRecords(head, marks, start)) counts.set(count, (counts.get(count) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 1;
}

interface SampledRecord {
  readonly count: number;
  /** Fields up to the last that is not empty. */
  readonly filled: number;
  readonly quoted: number;
}

/** What the first records from `start` on look like; a bad quote counts as a record of no field. */
export function sampledRecords(head: Head, marks: Marks, start: number): SampledRecord[] {
  const { bytes, end, isWhole, maxRecordBytes } = head;
  const scan = emptyScan();
  const span: LineSpan = { end: 0, next: 0 };
  const records: SampledRecord[] = [];
  let at = start;
  while (at < end && records.length < SAMPLE_RECORDS) {
    const outcome = scanRecord(scan, bytes, at, end, isWhole, marks, maxRecordBytes);
    if (outcome === 'open') break;
    if (outcome === 'closed') {
      at = scan.next;
      if (isBlankRecord(scan, bytes)) continue;
      let quoted = 0;
      for (let index = 0; index < scan.count; index += 1) if ((scan.kinds[index] ?? 0) >= 2) quoted += 1;
      records.push({ count: scan.count, filled: filledFields(scan), quoted });
    } else {
      if (findLine(span, bytes, at, end, isWhole, maxRecordBytes) !== 'found') break;
      at = span.next;
      records.push({ count: 0, filled: 0, quoted: 0 });
    }
  }
  return records;
}

function blanks(
  before: Readonly<Record<string, number>>,
  added: Readonly<Record<string, number>>,
): Record<string, number> {
  const count = (before['blank_line'] ?? 0) + (added['blank_line'] ?? 0);
  return count === 0 ? {} : { blank_line: count };
}
