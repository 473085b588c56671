import { applyLayout, type LayoutHeader } from '#connectors/sdk/layout/apply-layout.js';
import { createLayout } from '#connectors/sdk/layout/create-layout.js';
import type { Batch } from '#connectors/sdk/types.js';
import { type CellLines, cellLines } from './cell-lines.js';
import type { CsvExtract } from './options.js';
import { readRecords } from './records/read-records.js';
import type { RecordsInput, RecordsSummary } from './records/types.js';

/** One file as an extract wants it. */
export interface FileRows extends Omit<RecordsInput, 'options'> {
  readonly options: CsvExtract;
}

/** What a whole file came to. */
export interface FileOutcome {
  readonly summary: RecordsSummary;
  /** Rows, rejects and skipped ones. */
  readonly seen: number;
}

/** The rows of one file, each batch marked with the file it is from. Whoever leaves early closes the file with it. */
export async function* rowsOfFile(input: FileRows): AsyncGenerator<Batch, FileOutcome, void> {
  const summaries: RecordsSummary[] = [];
  async function* batches(): AsyncGenerator<Batch, void, void> {
    summaries.push(yield* hasLayout(input.options) ? laidOutRows(input) : readRecords(input));
  }
  let seen = 0;
  for await (const batch of batches()) {
    input.guard.checkpoint();
    seen += batch.seen;
    yield batch.part === undefined ? { ...batch, part: input.file } : batch;
  }
  const [summary] = summaries;
  if (summary === undefined) throw new RangeError('The records ended without a summary');
  return { summary, seen };
}

function hasLayout({ layout }: CsvExtract): boolean {
  return layout !== undefined && layout.kind !== 'table';
}

/** Whole records of all columns, put into rows by the layout. */
async function* laidOutRows(input: FileRows): AsyncGenerator<Batch, RecordsSummary, void> {
  const { file, options, columns } = input;
  const reader = createLayout(options.layout, columns, `file "${file}"`);
  const lines = options.layout?.kind === 'cell' ? cellLines(options.layout, columns, file) : undefined;
  let header: LayoutHeader | undefined;
  const records = readRecords({
    ...input,
    columns: [],
    onHeader: (found) => {
      input.onHeader?.(found);
      header = lines?.header(found) ?? { names: found.names, row: found.line, locator: `${file}:${found.line}` };
    },
  });
  const watched = lines === undefined ? records : watchedBy(lines, records);
  const { notes, ...rest } = yield* applyLayout(watched, reader, { header: () => header });
  // What the layout did not use is in its own notes.
  return { ...rest, notes: [...notes, ...reader.notes()], header: [] };
}

async function* watchedBy(
  lines: CellLines,
  records: AsyncGenerator<Batch, RecordsSummary, void>,
): AsyncGenerator<Batch, RecordsSummary, void> {
  const summaries: RecordsSummary[] = [];
  async function* remembering(): AsyncGenerator<Batch, void, void> {
    summaries.push(yield* records);
  }
  for await (const batch of remembering()) {
    lines.batch(batch);
    yield batch;
  }
  lines.end();
  const [summary] = summaries;
  if (summary === undefined) throw new RangeError('The records ended without a summary');
  return summary;
}
