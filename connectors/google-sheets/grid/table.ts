import { type BatchBuilder, createBatchBuilder } from '#connectors/sdk/batch-builder.js';
import { locateColumns } from '#connectors/sdk/columns.js';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import { shortened } from '#connectors/sdk/raw-text.js';
import type { Batch, RawCell } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { placeOf } from './a1.js';
import { type CellWriter, plainText, type SheetCell } from './cells.js';
import { type Grid, type Header, readHeader } from './header.js';

/** Rows and rejects of a batch at most. */
const BATCH_ROWS = 5_000;

/** What is wanted of a table. */
export interface TableRequest {
  readonly columns: readonly string[];
  /** One for each of `columns`. */
  readonly writers: readonly CellWriter[];
  readonly headerRows: number;
  readonly headerJoin: string;
}

/**
 * Rows of a table, a row for a row. Blank rows are skipped and counted (`blank_line`), those above the header too; a cell
 * that cannot be used rejects its row if its column was asked for. Hidden rows are rows.
 *
 * @throws PlumblineError `layout` SOURCE_HEADER_UNREADABLE, SOURCE_COLUMN_MISSING
 */
export function* tableBatches(grid: Grid, request: TableRequest, guard: ReadGuard): Generator<Batch, void, void> {
  const header = headerOf(grid, request);
  const batches = createBatchBuilder((row) => placeOf(grid.tab, row, grid.left));
  if (header === undefined) return;
  for (let row = 0; row < header.blankRows; row += 1) batches.skip('blank_line');
  const isEmpty = request.headerRows === 0 && grid.rows.length === 0;
  const indexes = isEmpty ? [] : locateColumns(request.columns, header.names, `the header at ${header.place}`, 'exact');
  for (let row = header.end; row < grid.rows.length; row += 1) {
    const cells = grid.rows[row] ?? [];
    if (cells.every((cell) => cell === null)) batches.skip('blank_line');
    else addRow(batches, grid, row, indexes, request);
    guard.addRows(1);
    if (batches.size >= BATCH_ROWS) yield* taken(batches, guard);
  }
  yield* taken(batches, guard);
}

/** @throws PlumblineError `layout` SOURCE_HEADER_UNREADABLE where the range holds nothing at all */
export function headerOf(grid: Grid, { headerRows, headerJoin }: TableRequest): Header | undefined {
  const header = readHeader(grid, headerRows, headerJoin, true);
  if (header !== undefined) return header;
  const place = placeOf(grid.tab, grid.top, grid.left);
  throw new PlumblineError('layout', 'SOURCE_HEADER_UNREADABLE', `Reading the header at ${place}: the range is empty`, {
    remedy: 'Bring the header back; or correct "range:" of the extract, if the table was moved.',
  });
}

function addRow(
  batches: BatchBuilder,
  grid: Grid,
  row: number,
  indexes: readonly number[],
  { columns, writers }: TableRequest,
): void {
  const written: RawCell[] = [];
  for (const [output, column] of indexes.entries()) {
    const cell: SheetCell = grid.rows[row]?.[column] ?? null;
    const reading = writers[output]?.(cell) ?? { ok: true, value: plainText(cell) };
    if (!reading.ok) {
      const { rule, message, remedy } = reading.problem;
      batches.addReject({
        locator: placeOf(grid.tab, grid.top + row, grid.left + column),
        rule,
        raw: shortened(plainText(cell) ?? ''),
        message: `Column "${columns[output] ?? ''}": ${message}`,
        remedy,
      });
      return;
    }
    written.push(reading.value);
  }
  batches.addRow(written, grid.top + row);
}

function* taken(batches: BatchBuilder, guard: ReadGuard): Generator<Batch, void, void> {
  guard.checkpoint();
  const batch = batches.take();
  if (batch !== undefined) yield batch;
}
