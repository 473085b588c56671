import type { BatchBuilder } from '#connectors/sdk/batch-builder.js';
import { locateColumns } from '#connectors/sdk/columns.js';
import { shortened } from '#connectors/sdk/raw-text.js';
import type { RawCell } from '#connectors/sdk/types.js';
import type { RejectRule } from '#src/domain/value/types.js';
import { unreadableHeader } from './errors.js';
import { type Projection, projectColumns } from './header.js';
import type { PhysicalRecord } from './record-splitter.js';
import type { TextDecoding } from './text-decoding.js';

export interface RecordReader {
  /** Puts a record into the batches. Answers how many rows (used or rejected) it made: 0 or 1. */
  take(record: PhysicalRecord): number;
  /** After the last record. @throws PlumblineError `layout` when the file has no header */
  finish(): void;
}

interface RecordReaderOptions {
  readonly file: string;
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly decoding: TextDecoding;
  readonly batches: BatchBuilder;
}

const REMEDIES: Record<
  'broken_quote' | 'too_large' | 'invalid_encoding',
  { rule: RejectRule; message: string; remedy: string }
> = {
  broken_quote: {
    rule: 'broken_quote',
    message: 'A quote stands where none may be, or is never closed',
    remedy:
      'Put quotes around the whole field and double those inside it; or set "quote: none" if quotes are plain text.',
  },
  too_large: {
    rule: 'record_too_large',
    message: 'The record is longer than 1 MiB',
    remedy: 'Look for a missing line end, or for the wrong "encoding:" or "quote:" in the extract.',
  },
  invalid_encoding: {
    rule: 'invalid_encoding',
    message: 'The record holds bytes that are no text in the declared encoding',
    remedy:
      'Save the file in the encoding the extract declares, or correct "encoding:" (older spreadsheets: windows-1252).',
  },
};

/** Turns the records of one file into rows and rejects: the first is the header, every other one is accounted for. */
export function createRecordReader(options: RecordReaderOptions): RecordReader {
  const { file, delimiter, columns, decoding, batches } = options;
  let projection: Projection | undefined;
  let sawRecord = false;

  const reject = (record: PhysicalRecord, rule: RejectRule, message: string, remedy: string): number => {
    const raw = shortened(decoding.spell(record.text));
    batches.addReject({ locator: `${file}:${record.line}`, rule, raw, message, remedy });
    return 1;
  };

  return {
    take(record) {
      if (record.form === 'plain' && isBlank(record.text, delimiter)) {
        batches.skip('blank_line');
        return 0;
      }
      if (!sawRecord && isSeparatorHint(record, delimiter)) {
        batches.skip('separator_hint');
        return 0;
      }
      sawRecord = true;
      const problem = problemOf(record, decoding);
      if (projection === undefined) {
        if (problem !== undefined) throw unreadableHeader(file, record.line, REMEDIES[problem]);
        projection = projectColumns(fieldsOf(record, delimiter), columns, `the header of file "${file}"`, delimiter);
        return 0;
      }
      if (problem !== undefined) {
        const { rule, message, remedy } = REMEDIES[problem];
        return reject(record, rule, message, remedy);
      }
      const cells = record.form === 'quoted' ? projection.fromFields(record.fields) : projection.fromPlain(record.text);
      if (typeof cells !== 'number') {
        batches.addRow(cells, record.line);
        return 1;
      }
      const message = `The record has ${cells} fields, the header has ${projection.width}`;
      return reject(
        record,
        'column_count',
        message,
        'Give each record as many fields as the header; quote fields that hold the delimiter; check "delimiter:".',
      );
    },
    finish() {
      if (projection === undefined)
        locateColumns(columns, [], `the header of file "${file}" (the file is empty)`, 'exact');
    },
  };
}

function problemOf(record: PhysicalRecord, decoding: TextDecoding): keyof typeof REMEDIES | undefined {
  if (record.form === 'broken_quote' || record.form === 'too_large') return record.form;
  return decoding.isBroken(record.text) ? 'invalid_encoding' : undefined;
}

function fieldsOf(record: PhysicalRecord, delimiter: string): string[] {
  const fields: readonly RawCell[] = record.form === 'quoted' ? record.fields : record.text.split(delimiter);
  return fields.map((field) => field ?? '');
}

/** Nothing but white space, and no delimiter among it (a line of tabs is a row of a tab-separated file). */
function isBlank(text: string, delimiter: string): boolean {
  return text.length === 0 || (text.trim().length === 0 && !text.includes(delimiter));
}

/** `sep=;` before the header: a hint some spreadsheets write for themselves. Only the declared delimiter is taken as one. */
function isSeparatorHint(record: PhysicalRecord, delimiter: string): boolean {
  return record.form === 'plain' && record.text.toLowerCase() === `sep=${delimiter}`;
}
