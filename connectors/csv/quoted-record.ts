export type QuotedScan =
  | {
      readonly outcome: 'closed';
      /** Where its text ends, before the line end. */
      readonly end: number;
      /** Where the next record starts. */
      readonly next: number;
      /** Physical lines it covers. */
      readonly lines: number;
      /** Fields, an unquoted empty one as `null`. */
      readonly fields: readonly (string | null)[];
    }
  /** A quote where none may be, or one never closed. */
  | { readonly outcome: 'broken' }
  /** The text so far does not tell. */
  | { readonly outcome: 'unsure' };

interface ScanOptions {
  readonly delimiter: string;
  readonly quote: string;
  readonly maxRecordLength: number;
  /** Whether the text ends with the file. */
  readonly isLast: boolean;
}

/**
 * Reads the record at `start`, strictly as RFC 4180 has it: a quote opens a field only as its first character, is
 * doubled inside, and what follows the closing one is a delimiter or a line end.
 */
export function scanQuotedRecord(text: string, start: number, options: ScanOptions): QuotedScan {
  const { delimiter, quote, isLast } = options;
  const limit = start + options.maxRecordLength;
  const fields: (string | null)[] = [];
  let at = start;
  let lines = 1;
  for (;;) {
    if (text[at] === quote) {
      const closing = closingQuote(text, at + 1, quote);
      if (closing === -1) return text.length > limit || isLast ? { outcome: 'broken' } : { outcome: 'unsure' };
      if (closing >= limit) return { outcome: 'broken' };
      // The character after the closing quote decides, and it may be in the next chunk.
      if (closing === text.length - 1 && !isLast) return { outcome: 'unsure' };
      const raw = text.slice(at + 1, closing);
      fields.push(raw.includes(quote) ? raw.replaceAll(quote + quote, quote) : raw);
      lines += countLineEnds(raw);
      at = closing + 1;
      if (!isFieldEnd(text, at, delimiter)) return { outcome: 'broken' };
    } else {
      const from = at;
      while (!isFieldEnd(text, at, delimiter)) {
        if (text[at] === quote) return { outcome: 'broken' };
        at += 1;
      }
      fields.push(at === from ? null : text.slice(from, at));
    }
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    if (at - start > options.maxRecordLength) return { outcome: 'broken' };
    const isAtEdge = at >= text.length || (text[at] === '\r' && at === text.length - 1);
    if (isAtEdge && !isLast) return { outcome: 'unsure' };
    const next = text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(at + 1, text.length);
    return { outcome: 'closed', end: at, next, lines, fields };
  }
}

function isFieldEnd(text: string, at: number, delimiter: string): boolean {
  if (at >= text.length) return true;
  const character = text[at];
  return character === delimiter || character === '\n' || character === '\r';
}

/** Index of the quote that is not doubled, -1 if the text ends first. */
function closingQuote(text: string, from: number, quote: string): number {
  let at = text.indexOf(quote, from);
  while (at !== -1 && text[at + 1] === quote) at = text.indexOf(quote, at + 2);
  return at;
}

function countLineEnds(text: string): number {
  if (!text.includes('\n') && !text.includes('\r')) return 0;
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
