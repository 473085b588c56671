import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { type Head, hintedDelimiter, locateHeader, sampledRecords } from '../records/locate-header.js';
import { marksOf } from '../records/marks.js';
import { createTranscoder } from '../text/transcoder.js';
import { spelled } from '../text/well-formed.js';
import type { Dialect, DialectOptions } from './dialect-options.js';

const DELIMITERS = [',', ';', '\t', '|', ':', '~', '^'] as const;
/** Share of the sample's records that must have as many fields as the header, where nothing else speaks for a delimiter. */
const CONSISTENT = 0.8;
/** How far it must be ahead of the next. */
const AHEAD = 0.1;
const MAX_RECORD_BYTES = 1024 * 1024;

export interface DetectedDialect {
  readonly dialect: Dialect;
  /** What was detected, for people. */
  readonly notes: readonly string[];
}

/** One way to read the head, and how well it fits. */
interface Candidate {
  readonly delimiter: string | undefined;
  readonly quote: string | undefined;
  /** Fields of the header, 0 when none was found. */
  readonly fields: number;
  /** Asked-for columns in it. */
  readonly found: number;
  readonly records: number;
  /** Records with as many fields as the header. */
  readonly fitting: number;
  /** Records with more than one field. */
  readonly split: number;
  readonly quoted: number;
  readonly broken: number;
}

/**
 * Tells the dialect from the first bytes of a file, as they are on disk. What the options declare is not looked for.
 *
 * @throws PlumblineError `layout` SOURCE_DIALECT_UNCLEAR when no delimiter, or more than one, fits
 */
export function detectDialect(
  head: Uint8Array,
  options: DialectOptions,
  askedColumns: readonly string[],
  isWhole = true,
): DetectedDialect {
  const transcoder = createTranscoder(options.encoding);
  const begin = transcoder.write(head).slice();
  const rest = isWhole ? transcoder.end() : new Uint8Array(0);
  // Four bytes behind the end may be looked at.
  const bytes = new Uint8Array(begin.length + rest.length + 4);
  bytes.set(begin);
  bytes.set(rest, begin.length);
  const detected = detectMarks(
    {
      bytes,
      end: begin.length + rest.length,
      isWhole,
      marksBadUnits: transcoder.marksBadUnits,
      maxRecordBytes: MAX_RECORD_BYTES,
    },
    options,
    askedColumns,
    'the file',
  );
  return {
    dialect: { ...detected.dialect, encoding: transcoder.encoding },
    notes: [...encodingNotes(transcoder), ...detected.notes],
  };
}

export function encodingNotes(transcoder: { readonly encoding: string; readonly isFromMark: boolean }): string[] {
  return transcoder.isFromMark ? [`encoding ${transcoder.encoding} was told by the byte order mark`] : [];
}

/** The same for a head that is UTF-8 already. `place` is the file, as messages name it. */
export function detectMarks(
  head: Head,
  options: DialectOptions,
  asked: readonly string[],
  place: string,
): { readonly dialect: Omit<Dialect, 'encoding'>; readonly notes: readonly string[] } {
  const escaping = options.escape ?? 'double';
  const hint = options.delimiter === undefined ? hintIn(head, options) : undefined;
  const declared =
    hint ?? (options.delimiter === 'tab' ? '\t' : options.delimiter === 'none' ? undefined : options.delimiter);
  const isDeclared = hint !== undefined || options.delimiter !== undefined;
  const delimiters: readonly (string | undefined)[] = isDeclared ? [declared] : DELIMITERS;

  const quoteFor = (delimiter: string | undefined): Candidate => {
    const fit = (quote: string | undefined): Candidate =>
      fitOf(head, { delimiter, quote, escape: escaping }, options, asked);
    if (options.quote !== undefined) return fit(options.quote === 'none' ? undefined : options.quote);
    const usual = fit('"');
    if (!mayUseApostrophes(head)) return usual;
    const other = fit("'");
    const isBetter =
      other.quoted > 0 && other.broken === 0 && other.found >= usual.found && share(other) >= share(usual);
    return isBetter ? other : usual;
  };

  const candidates = delimiters.map(quoteFor);
  const chosen = isDeclared ? candidates[0] : choose(candidates, head, place);
  const dialect = { delimiter: chosen?.delimiter, quote: chosen?.quote, escape: escaping };
  const notes: string[] = [];
  if (hint !== undefined) notes.push(`delimiter ${named(hint)} was told by the line "sep=${hint}"`);
  else if (!isDeclared && chosen !== undefined && chosen.fields > 0) {
    const from = `${chosen.records} ${chosen.records === 1 ? 'record' : 'records'}`;
    notes.push(
      chosen.delimiter === undefined
        ? `one column and no delimiter was detected from ${from}`
        : `delimiter ${named(chosen.delimiter)} was detected from ${from}`,
    );
  }
  if (options.quote === undefined && chosen?.quote === "'") notes.push(`quote "'" was detected`);
  return { dialect, notes };
}

function fitOf(
  head: Head,
  dialect: Omit<Dialect, 'encoding'>,
  options: DialectOptions,
  asked: readonly string[],
): Candidate {
  const { delimiter, quote } = dialect;
  const marks = marksOf(dialect, options.trim === true);
  const header = locateHeader(head, marks, options, asked);
  if (header.outcome !== 'found')
    return { delimiter, quote, fields: 0, found: 0, records: 0, fitting: 0, split: 0, quoted: 0, broken: 0 };
  const records = sampledRecords(head, marks, header.at);
  const fields = header.names.length;
  return {
    delimiter,
    quote,
    fields,
    found: asked.filter((name) => header.names.includes(name)).length,
    records: records.length,
    fitting: records.filter((record) => record.count === fields).length,
    split: records.filter((record) => record.count > 1).length,
    quoted: records.reduce((sum, record) => sum + record.quoted, 0),
    broken: records.filter((record) => record.count === 0).length,
  };
}

/** The candidate that finds most of the asked-for columns; among equals the one that fits the records. */
function choose(candidates: readonly Candidate[], head: Head, place: string): Candidate | undefined {
  const readable = candidates.filter((candidate) => candidate.fields > 0);
  const first = readable[0] ?? candidates[0];
  // Nothing to go by: reading with a comma says what is wrong with the header.
  if (readable.length === 0 || first === undefined) return first;
  const most = Math.max(...readable.map((candidate) => candidate.found));
  const best = readable.filter((candidate) => candidate.found === most);
  const split = best.filter((candidate) => candidate.fields > 1);
  const [only] = split;
  if (split.length <= 1) {
    // The records may say that what was taken for the header is none.
    const isContradicted =
      most === 0 &&
      readable.some((other) => other !== only && other.records > 0 && other.split >= CONSISTENT * other.records);
    if (only !== undefined && (!isContradicted || share(only) >= CONSISTENT)) return only;
    if (only === undefined && !isContradicted) return { ...first, delimiter: undefined };
    throw unclear(readable, place);
  }
  const fitting = split.filter((candidate) => share(candidate) >= CONSISTENT);
  const outside = fitting.filter(({ delimiter }) => !standsInNumbers(head, delimiter));
  const [leader, next] = (outside.length > 0 ? outside : fitting).sort((a, b) => share(b) - share(a));
  if (leader !== undefined && (next === undefined || share(leader) >= share(next) + AHEAD)) return leader;
  throw unclear(split, place);
}

/** Whether a comma or colon is only ever seen between digits, as in `1,5` and `12:30`. */
function standsInNumbers(head: Head, delimiter: string | undefined): boolean {
  if (delimiter !== ',' && delimiter !== ':') return false;
  const { bytes, end } = head;
  const mark = delimiter.charCodeAt(0);
  const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
  for (let at = bytes.indexOf(mark); at !== -1 && at < end; at = bytes.indexOf(mark, at + 1))
    if (!isDigit(bytes[at - 1]) || !isDigit(bytes[at + 1])) return false;
  return true;
}

function unclear(candidates: readonly Candidate[], place: string): PlumblineError {
  const seen = candidates.map(
    ({ delimiter, fields, fitting, records }) =>
      `${named(delimiter ?? '')}: ${fields} in the header, ${fitting} of ${records} records fit`,
  );
  return new PlumblineError(
    'layout',
    'SOURCE_DIALECT_UNCLEAR',
    `Detecting the delimiter of ${place}: no candidate stands out (${seen.join('; ')})`,
    {
      remedy:
        'Declare "delimiter:" in the extract; if lines stand before the header, "skip_lines:" or "header: { find: true }" too.',
    },
  );
}

function share(candidate: Candidate): number {
  return candidate.records === 0 ? 1 : candidate.fitting / candidate.records;
}

function named(delimiter: string): string {
  return delimiter === '\t' ? 'tab' : `"${delimiter}"`;
}

/** The line `sep=;`, where it is the first that is not blank. */
function hintIn(head: Head, options: DialectOptions): string | undefined {
  const lines = spelled(head.bytes.subarray(0, Math.min(head.end, 64 * 1024))).split(/\r\n|\r|\n/);
  const first = lines.slice(options.skip_lines ?? 0).find((line) => line.trim() !== '');
  return first === undefined ? undefined : hintedDelimiter(first);
}

/** Apostrophes are quotes only where the usual quote is nowhere. */
function mayUseApostrophes(head: Head): boolean {
  const bytes = head.bytes.subarray(0, head.end);
  return bytes.includes(39) && !bytes.includes(34);
}
