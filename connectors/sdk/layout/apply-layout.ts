import { rowsAsText } from '../sliced-rows.js';
import type { Batch, RawReject } from '../types.js';
import { rowNumber } from './row-number.js';
import type { LaidOut, LaidOutRow, LayoutReader } from './types.js';

/** Rows of a batch at most: one record under many dates makes many. */
const BATCH_ROWS = 5_000;

/** The header of what is read, known once the first batch is there. */
export interface LayoutHeader {
  readonly names: readonly string[];
  /** Which row of the file it is, counted from 1; 0 where the names are no row of it, see `LayoutRecord.row`. */
  readonly row: number;
  /** Its place: `sales.csv:1`. */
  readonly locator: string;
}

/** What {@link applyLayout} must know of the records. */
export interface LayoutSource {
  /** Asked when the first batch is there, and at the end; `undefined` while there was nothing to read. */
  header(): LayoutHeader | undefined;
  /** Row of the record at a place. Left out: the digits at the place's end, as in `sales.csv:17`. */
  rowOf?(locator: string): number;
}

/**
 * Puts batches of whole records, all columns of the header in its order, into the rows of a layout. Rejects and skips of
 * the batches stay, `part` too; `repaired` goes with the first batch that a batch becomes.
 *
 * @param reader made by `createLayout` for this file alone
 */
export async function* applyLayout<Summary>(
  batches: AsyncGenerator<Batch, Summary, void>,
  reader: LayoutReader,
  source: LayoutSource,
): AsyncGenerator<Batch, Summary, void> {
  const summaries: Summary[] = [];
  async function* remembering(): AsyncGenerator<Batch, void, void> {
    summaries.push(yield* batches);
  }
  const rowOf = source.rowOf ?? rowNumber;
  let header: LayoutHeader | undefined;
  let isComplete = true;
  let part: string | undefined;

  const begin = (): LayoutHeader | undefined => {
    const found = source.header();
    if (found !== undefined) {
      const locate = (column?: number): string => placeOf(found.locator, column, found.names);
      reader.begin({ cells: found.names, row: found.row, locate });
    }
    return found;
  };

  for await (const batch of remembering()) {
    header ??= begin();
    const names = header?.names ?? [];
    if (batch.rejects.length > 0) isComplete = false;
    part = batch.part;
    const pieces = rowsAsText(batch.rows).map((cells, index) => {
      const locate = (column?: number): string => placeOf(batch.locate(index), column, names);
      return reader.take({ cells, row: rowOf(batch.locate(index)), locate });
    });
    yield* batchesOf([{ rows: [], rejects: batch.rejects, skipped: batch.skipped }, ...pieces], batch);
  }
  header ??= begin();
  if (header !== undefined) yield* batchesOf([reader.end(isComplete)], part === undefined ? {} : { part });
  const [summary] = summaries;
  if (summaries.length === 0 || summary === undefined) throw new RangeError('The batches ended without a summary');
  return summary;
}

function* batchesOf(
  pieces: readonly LaidOut[],
  origin: Pick<Batch, 'part' | 'repaired'>,
): Generator<Batch, void, void> {
  const rows: readonly LaidOutRow[] = pieces.flatMap((piece) => piece.rows);
  const rejects: readonly RawReject[] = pieces.flatMap((piece) => piece.rejects);
  const skipped = addedUp(pieces);
  const skips = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const { part, repaired } = origin;
  for (let from = 0; from === 0 || from < rows.length; from += BATCH_ROWS) {
    const some = rows.slice(from, from + BATCH_ROWS);
    const isFirst = from === 0;
    const seen = some.length + (isFirst ? rejects.length + skips : 0);
    if (seen === 0) return;
    yield {
      rows: some.map(({ cells }) => cells),
      locate(index) {
        const row = some[index];
        if (row === undefined) throw new RangeError(`This batch has ${some.length} rows, none at index ${index}`);
        return row.locate();
      },
      rejects: isFirst ? rejects : [],
      skipped: isFirst ? skipped : {},
      seen,
      ...(isFirst && repaired !== undefined ? { repaired } : {}),
      ...(part === undefined ? {} : { part }),
    };
  }
}

function addedUp(pieces: readonly LaidOut[]): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {};
  for (const { skipped } of pieces) {
    for (const [rule, count] of Object.entries(skipped)) sum[rule] = (sum[rule] ?? 0) + count;
  }
  return sum;
}

function placeOf(locator: string, column: number | undefined, names: readonly string[]): string {
  return column === undefined ? locator : `${locator} column "${names[column] ?? column + 1}"`;
}
