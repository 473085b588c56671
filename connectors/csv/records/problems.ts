import type { RejectRule } from '#src/domain/value/types.js';
import type { Repair } from '../dialect/dialect-options.js';

/** Why a record cannot be used, and what would be right. */
export interface RecordProblem {
  readonly rule: RejectRule;
  readonly message: string;
  readonly remedy: string;
}

export const BROKEN_QUOTE: RecordProblem = {
  rule: 'broken_quote',
  message: 'A quote stands where none may be, or is never closed',
  remedy:
    'Put quotes around the whole field and double those inside it; or set "quote: none" if quotes are plain text.',
};

export const TOO_LARGE: RecordProblem = {
  rule: 'record_too_large',
  message: 'The record is longer than 1 MiB',
  remedy: 'Look for a missing line end, or for the wrong "encoding:" or "quote:" in the extract.',
};

export const INVALID_ENCODING: RecordProblem = {
  rule: 'invalid_encoding',
  message: 'The record holds bytes that are no text in the declared encoding',
  remedy:
    'Save the file in the encoding the extract declares, or correct "encoding:" (older spreadsheets: windows-1252).',
};

export const NUL_BYTE: RecordProblem = {
  rule: 'nul_byte',
  message: 'The record holds NUL bytes',
  remedy:
    'Look for a file that was not written to its end, or for the wrong "encoding:" (utf-16le?); or allow "repairs: [nul_bytes]", which removes them.',
};

export const CUT_OFF: RecordProblem = {
  rule: 'cut_off',
  message: 'The last record does not end with a line end, so it may be cut off',
  remedy: 'Have the file delivered whole; or set "final_line_end: optional" if its writer leaves the last one out.',
};

/** A broken quote that repairs not allowed so far would mend. */
export function brokenQuote(repairs: ReadonlySet<Repair>): RecordProblem {
  return repairs.size === 0
    ? BROKEN_QUOTE
    : { ...BROKEN_QUOTE, remedy: `${BROKEN_QUOTE.remedy} To take the line as it stands, ${allowing([...repairs])}.` };
}

/** @param repair what would make a row of it, if anything would */
export function wrongCount(count: number, expected: number, repair: Repair): RecordProblem {
  return {
    rule: 'column_count',
    message: `The record has ${count} fields, the header has ${expected}`,
    remedy: `Give each record as many fields as the header; quote fields that hold the delimiter; check "delimiter:". To take such records, ${allowing([repair])}.`,
  };
}

function allowing(repairs: readonly Repair[]): string {
  return `allow "repairs: [${repairs.join(', ')}]"`;
}
