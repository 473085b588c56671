import { locateColumns } from '#connectors/sdk/columns.js';
import type { Batch } from '#connectors/sdk/types.js';
import { detectMarks, encodingNotes } from '../dialect/detect-dialect.js';
import type { DialectOptions } from '../dialect/dialect-options.js';
import { unreadableHeader } from '../errors.js';
import { createTranscoder, type Transcoder } from '../text/transcoder.js';
import { type Head, type HeaderSearch, locateHeader, sampledRecords } from './locate-header.js';
import { LINE_FEED, type Marks, marksOf, RETURN } from './marks.js';
import { TOO_LARGE } from './problems.js';
import { projectColumns } from './projection.js';
import { createRecordParser, type RecordParser } from './record-parser.js';
import { addSkips, openBatch, type SlicedBatch, takeBatch } from './sliced-batch.js';
import type { FoundHeader, RecordSizes, RecordsInput, RecordsSummary } from './types.js';
import { append, makeRoom, openWindow, type Window } from './window.js';

const SIZES: RecordSizes = {
  windowBytes: 512 * 1024,
  headBytes: 64 * 1024,
  maxRecordBytes: 1024 * 1024,
  batchRows: 5_000,
};

/** What is known once the header was found. */
interface Started {
  readonly header: readonly string[];
  readonly notes: readonly string[];
  readonly parser: RecordParser;
  readonly batch: SlicedBatch;
}

/**
 * Reads the records of one file: the header tells which fields are wanted, every record after it becomes a row or a
 * reject. The result does not depend on how the file is cut into chunks.
 *
 * @throws PlumblineError `layout` when there is no header, an asked-for column is not in it, or the dialect is unclear
 */
export async function* readRecords(input: RecordsInput): AsyncGenerator<Batch, RecordsSummary, void> {
  const sizes = { ...SIZES, ...input.sizes };
  const { file, guard, options } = input;
  const transcoder = createTranscoder(options.encoding);
  const window = openWindow(sizes.windowBytes + sizes.maxRecordBytes / 4);
  let started: Started | undefined;
  let headBytes = sizes.headBytes;
  let records = 0;
  let endsWithLine = true;
  /** Bytes added to the window since it was last taken apart. */
  let gathered = 0;

  function* drain(): Generator<Batch, void, void> {
    while (started === undefined) {
      if (!window.isLast && window.end < headBytes) return;
      started = start(input, sizes, transcoder, window, headBytes);
      if (started === undefined) headBytes *= 2;
    }
    const { parser, batch } = started;
    parser.lookAt(window);
    for (let isMore = true; isMore; ) {
      isMore = parser.run(window, batch);
      const taken = takeBatch(batch, window.bytes, file);
      if (taken === undefined) continue;
      const used = taken.rows.length + taken.rejects.length;
      records += used;
      guard.addRows(used);
      guard.checkpoint();
      yield taken;
      guard.checkpoint();
    }
  }

  const take = function* (bytes: Uint8Array): Generator<Batch, void, void> {
    for (let from = 0; from < bytes.length; ) {
      // Bytes are gathered first: a long record must not be looked at anew for every little chunk.
      const piece = bytes.subarray(from, from + sizes.windowBytes - gathered);
      if (gathered === 0) makeRoom(window, sizes.windowBytes);
      append(window, piece);
      from += piece.length;
      gathered += piece.length;
      if (gathered < sizes.windowBytes) return;
      gathered = 0;
      yield* drain();
    }
  };

  for await (const chunk of input.chunks) {
    guard.checkpoint();
    yield* take(transcoder.write(chunk));
  }
  yield* take(transcoder.end());
  window.isLast = true;
  if (window.end > 0) {
    const last = window.bytes[window.end - 1];
    endsWithLine = last === LINE_FEED || last === RETURN;
  }
  if (gathered === 0) makeRoom(window, 1);
  append(window, new Uint8Array(0));
  yield* drain();

  const notes = [...encodingNotes(transcoder), ...(started?.notes ?? [])];
  if (!endsWithLine && options.final_line_end === undefined)
    notes.push('the last record does not end with a line end: it may be cut off');
  const lost = started?.parser.lost;
  return { notes, header: started?.header ?? [], records, ...(lost === undefined ? {} : { lost }) };
}

/** Tells the dialect, finds the header and moves the window behind it. `undefined`: it needs a longer head. */
function start(
  input: RecordsInput,
  sizes: RecordSizes,
  transcoder: Transcoder,
  window: Window,
  headBytes: number,
): Started | undefined {
  const { file, options, columns } = input;
  const isWhole = window.isLast && window.end < headBytes;
  // The same bytes are looked at, and the same decided, wherever the window happens to end.
  const head = {
    bytes: isWhole ? window.bytes : window.bytes.slice(0, headBytes + 4),
    end: isWhole ? window.end : Math.min(headBytes, window.end),
    isWhole,
    marksBadUnits: transcoder.marksBadUnits,
    maxRecordBytes: sizes.maxRecordBytes,
  };
  const place = `file "${file}"`;
  const { dialect, notes } = detectMarks(head, options, columns, place);
  const marks = marksOf(dialect, options.trim === true);
  const search = locateHeader(head, marks, options, columns);
  if (search.outcome === 'open' && headBytes <= sizes.maxRecordBytes) return undefined;
  if (search.outcome !== 'found') return failed(search, input);

  const projection = projectColumns(search.names, columns, `the header of ${place}`);
  const batch = openBatch(sizes.batchRows, projection.width);
  for (const [rule, count] of Object.entries(search.skipped)) addSkips(batch, rule, count);
  window.at = search.at;
  window.line = search.line;
  input.onHeader?.(foundHeader(search, options, marks));
  return {
    header: search.names,
    notes,
    batch,
    parser: createRecordParser({
      file,
      marks,
      projection,
      options,
      maxRecordBytes: sizes.maxRecordBytes,
      marksBadUnits: transcoder.marksBadUnits,
      isSurplusUsual: isSurplusUsual(head, marks, search),
    }),
  };
}

/** By the head, so that it is known before the first record and the same however the file is cut into chunks. */
function isSurplusUsual(head: Head, marks: Marks, header: { readonly at: number; readonly names: readonly string[] }) {
  const sample = sampledRecords(head, marks, header.at);
  return sample.filter(({ filled }) => filled > header.names.length).length * 2 > sample.length;
}

function foundHeader(
  search: Extract<HeaderSearch, { outcome: 'found' }>,
  { header }: DialectOptions,
  marks: Marks,
): FoundHeader {
  const { names, line: firstLine, skipped } = search;
  const isJoined = typeof header === 'object' && (header.rows ?? 1) > 1;
  // Names of one record hold all its line breaks.
  const lines = 1 + names.reduce((sum, name) => sum + (name.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
  return {
    names,
    line: header === 'none' || isJoined ? 0 : firstLine - lines,
    firstLine,
    linesAreBlank: !isJoined && Object.keys(skipped).every((rule) => rule === 'blank_line'),
    marks,
  };
}

function failed(search: Exclude<HeaderSearch, { outcome: 'found' }>, input: RecordsInput): never {
  const { file, columns, options } = input;
  if (search.outcome === 'broken') throw unreadableHeader(file, search.line, search.problem);
  const isSought = typeof options.header === 'object' && options.header.find === true;
  if (search.outcome === 'open' && !isSought) throw unreadableHeader(file, 1, TOO_LARGE);
  const reason = isSought ? 'no line holds them all' : 'the file is empty';
  // Nothing is asked for in a discovery, and then an empty file has no columns.
  locateColumns(columns.length === 0 ? ['1'] : columns, [], `the header of file "${file}" (${reason})`, 'exact');
  throw unreadableHeader(file, 1, { message: reason, remedy: 'Have the file written with its header.' });
}
