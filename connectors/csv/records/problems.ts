import type { RejectRule } from '#src/domain/value/types.js';
import type { Repair } from '../dialect/dialect-options.js';
import type { Surplus } from './surplus.js';

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

/** A record that is shorter than the header. */
export function tooFewFields(count: number, expected: number): RecordProblem {
  return {
    ...wrongCount(count, expected),
    remedy: `${AS_MANY_FIELDS} To take such records, ${allowing(['missing_cells'])}.`,
  };
}

/** A record that is longer than the header. No repair is told where it would be the wrong one. */
export function tooManyFields(count: number, expected: number, surplus: Surplus, isComma: boolean): RecordProblem {
  return { ...wrongCount(count, expected), remedy: remedyOfSurplus(surplus, isComma) };
}

function remedyOfSurplus(surplus: Surplus, isComma: boolean): string {
  switch (surplus) {
    case 'empty':
      return `${AS_MANY_FIELDS} To take such records, ${allowing(['extra_cells'])}.`;
    case 'cut_number':
      return `${DECIMAL_COMMAS}: have the file written with either, then set "delimiter:" if it is another.`;
    case 'usual':
      return `Most records have more fields than the header: ${isComma ? `${DECIMAL_COMMAS}, and so do texts` : 'fields that hold the delimiter need quotes, or another delimiter'}; or the header lacks a name (read by position then: "header: none" and "skip_lines: 1").`;
    case 'content':
      return `${AS_MANY_FIELDS} Which of its cells is the one too many is not known, so no repair is sure to be right; ${allowing(['lose_extra_content'])} only if what stands beyond the header may be lost and nothing before it has moved.`;
  }
}

const AS_MANY_FIELDS =
  'Give each record as many fields as the header; quote fields that hold the delimiter; check "delimiter:".';
const DECIMAL_COMMAS = 'Numbers with decimal commas need quotes, or another delimiter';

function wrongCount(count: number, expected: number): Pick<RecordProblem, 'rule' | 'message'> {
  return { rule: 'column_count', message: `The record has ${count} fields, the header has ${expected}` };
}

function allowing(repairs: readonly Repair[]): string {
  return `allow "repairs: [${repairs.join(', ')}]"`;
}
