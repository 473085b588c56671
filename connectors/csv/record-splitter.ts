import { scanQuotedRecord } from './quoted-record.js';

/** A record as it stands in the file. `line` is the physical line it starts on, from 1. */
export type PhysicalRecord =
  | { readonly form: 'plain'; readonly text: string; readonly line: number }
  | {
      readonly form: 'quoted';
      readonly text: string;
      readonly line: number;
      readonly fields: readonly (string | null)[];
    }
  | { readonly form: 'broken_quote' | 'too_large'; readonly text: string; readonly line: number };

export interface SplitterOptions {
  /** One character. */
  readonly delimiter: string;
  /** One character, or `undefined` where quotes have no meaning. */
  readonly quote: string | undefined;
  /** Longest record, in characters. */
  readonly maxRecordLength: number;
}

export interface RecordSplitter {
  push(text: string): PhysicalRecord[];
  end(): PhysicalRecord[];
}

/** What the start of a record that is too large shows of it. */
const SHOWN_OF_TOO_LARGE = 500;

/**
 * Cuts text into records: LF, CRLF and CR end a line, also mixed; a quoted field may hold line ends.
 *
 * Nothing is swallowed: when a quote is wrong, or stays open to the end of the file or past the longest record, only
 * its first physical line is given up and cutting goes on at the next one. The result does not depend on how the text
 * was cut into chunks.
 */
export function createRecordSplitter(options: SplitterOptions): RecordSplitter {
  const { delimiter, quote, maxRecordLength } = options;
  let buffer = '';
  let line = 1;
  let discarding = false;

  const split = (isLast: boolean): PhysicalRecord[] => {
    const records: PhysicalRecord[] = [];
    const nextLineFeed = finder(buffer, '\n');
    const nextReturn = finder(buffer, '\r');
    const nextQuote = quote === undefined ? () => Number.POSITIVE_INFINITY : finder(buffer, quote);
    let at = 0;
    while (at < buffer.length) {
      const lineFeed = nextLineFeed(at);
      const lineEnd = Math.min(lineFeed, nextReturn(at));
      const isUnended = lineEnd === Number.POSITIVE_INFINITY;
      const end = isUnended ? buffer.length : lineEnd;

      if (!discarding && end - at > maxRecordLength) {
        records.push({
          form: 'too_large',
          text: buffer.slice(at, at + Math.min(SHOWN_OF_TOO_LARGE, maxRecordLength)),
          line,
        });
        discarding = true;
      }
      // A CR that ends the chunk may be half of a CRLF.
      const isUnsure = isUnended || (lineFeed !== lineEnd && end === buffer.length - 1);
      if (isUnsure && !isLast) {
        if (discarding) at = end;
        break;
      }
      const next = isUnended ? end : end + (lineFeed === end + 1 && buffer[end] === '\r' ? 2 : 1);
      if (discarding) {
        discarding = false;
      } else if (nextQuote(at) >= end) {
        records.push({ form: 'plain', text: buffer.slice(at, end), line });
      } else {
        const scan = scanQuotedRecord(buffer, at, { delimiter, quote: quote ?? '', maxRecordLength, isLast });
        if (scan.outcome === 'unsure') break;
        if (scan.outcome === 'closed') {
          records.push({ form: 'quoted', text: buffer.slice(at, scan.end), line, fields: scan.fields });
          at = scan.next;
          line += scan.lines;
          continue;
        }
        records.push({ form: 'broken_quote', text: buffer.slice(at, end), line });
      }
      at = next;
      line += 1;
    }
    buffer = buffer.slice(at);
    return records;
  };

  return {
    push(text) {
      buffer += text;
      return split(false);
    },
    end: () => split(true),
  };
}

/** `indexOf` that remembers its last hit, so that a rare character is not looked for anew at every record. */
function finder(text: string, character: string): (from: number) => number {
  let hit = -1;
  return (from) => {
    if (hit < from) {
      const found = text.indexOf(character, from);
      hit = found === -1 ? Number.POSITIVE_INFINITY : found;
    }
    return hit;
  };
}
