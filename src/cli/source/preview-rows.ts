import { assertBalance } from '#connectors/sdk/balance.js';
import type { Batch, ReadSummary, Source } from '#connectors/sdk/types.js';
import { createBlockTyping } from '#src/activities/pull/fold/block-typing.js';
import type { PartCount, Window } from '#src/activities/pull/fold/extract-fold.js';
import { createRawBlocks, type RawBlock } from '#src/activities/pull/fold/raw-blocks.js';
import { createRowAccounts } from '#src/activities/pull/fold/row-accounts.js';
import { BAD, USABLE } from '#src/activities/pull/fold/row-fates.js';
import { capturedOn } from '#src/activities/pull/snapshot.js';
import type { Extract } from '#src/config/types.js';
import type { RowBlock } from '#src/domain/measure/folds/row-block.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { cellAt } from '#src/domain/value/columns/column-vector.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { TypedCell } from '#src/domain/value/types.js';
import { firstRequest } from './extract-request.js';

export interface PreviewRow {
  readonly locator: string;
  /** By position of `askedColumns`. */
  readonly cells: readonly TypedCell[];
  /** A run would skip it: its day is not one of those it reads. */
  readonly outside?: true;
}

export interface PreviewReject {
  readonly locator: string;
  readonly column?: string;
  readonly raw: string;
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}

export interface Preview {
  readonly rows: readonly PreviewRow[];
  /** Each bad cell, and each row that the connector could not use. */
  readonly rejects: readonly PreviewReject[];
  readonly rejectedRows: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly repaired: Readonly<Record<string, number>>;
  readonly seen: number;
  /** For each piece of the source that batches named, and for the rows of batches that named none. */
  readonly parts: readonly PartCount[];
  /** Absent when there was more than was looked at. */
  readonly summary?: ReadSummary;
}

/** How much to look at, and as of when. */
export interface PreviewScope {
  readonly rows: number;
  /** Days that a run reads; absent: any. */
  readonly window: Window | undefined;
  /** What a snapshot is captured on. */
  readonly day: CalendarDate;
  /** Whose days rows are put into. */
  readonly timeZone: string;
}

/** Reads the first rows of an extract, has them typed and judged by what types them in a run, and leaves the rest alone. */
export async function previewRows(
  source: Source<unknown>,
  extract: Extract,
  scope: PreviewScope,
  signal: AbortSignal,
): Promise<Preview> {
  const request = firstRequest(extract, scope.window, signal);
  const judge = createJudge(extract, { ...scope, window: request.window });
  const batches = source.read(request);
  try {
    let next = await batches.next();
    for (; next.done !== true && judge.shown() < scope.rows; next = await batches.next()) judge.take(next.value);
    return judge.outcome(next.done === true ? next.value : undefined);
  } finally {
    // Left early, the read must still let go of what it holds.
    await batches.return({ digest: '', description: [] });
  }
}

function createJudge(extract: Extract, { window, timeZone, day }: PreviewScope & { readonly window: Window }) {
  const isSnapshot = extract.snapshot !== undefined;
  const firstAsked = isSnapshot ? 1 : 0;
  const blocksOf = createRawBlocks(extract.columns);
  const typing = createBlockTyping(extract, window, timeZone);
  const readers = extract.columns.map(createCellReader);
  const accounts = createRowAccounts();
  const rows: PreviewRow[] = [];
  const rejects: PreviewReject[] = [];
  let rejectedRows = 0;

  const typed = ({ vectors }: RowBlock, row: number): TypedCell[] =>
    vectors.slice(firstAsked).map((vector) => (vector === undefined ? null : cellAt(vector, row)));
  /** Of rows outside, a run types the key only; one that holds a bad cell too is counted and not shown. */
  const showOutside = ({ columns }: RawBlock, row: number, locator: string): void => {
    const readings = readers.map((read, position) => read(columns[position]?.textAt(row) ?? null));
    const cells = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
    if (cells.length === readings.length) rows.push({ locator, cells: cells.slice(firstAsked), outside: true });
  };
  return {
    shown: () => rows.length,
    take(read: Batch): void {
      assertBalance(read);
      const batch = isSnapshot ? capturedOn(day, read) : read;
      accounts.addBatch(batch);
      const before = rejectedRows;
      let wanted = batch.rejects.length;
      rejectedRows += batch.rejects.length;
      rejects.push(...batch.rejects);
      for (const raw of blocksOf(batch)) {
        const block = typing.type(raw);
        wanted += block.length - block.outside;
        for (let row = 0; row < block.length; row++) {
          const locator = raw.locate(row);
          switch (block.fates[row]) {
            case USABLE:
              rows.push({ locator, cells: typed(block, row) });
              break;
            case BAD:
              rejectedRows += 1;
              rejects.push(...typing.problemsOf(raw, row));
              break;
            default:
              accounts.skip('outside_window', 1);
              showOutside(raw, row, locator);
          }
        }
      }
      accounts.judge(batch.part, wanted, rejectedRows - before);
    },
    outcome(summary: ReadSummary | undefined): Preview {
      const { seen, skipped, repaired, parts } = accounts;
      const whole = summary === undefined ? {} : { summary };
      return { rows, rejects, rejectedRows, skipped, repaired, seen, parts, ...whole };
    },
  };
}
