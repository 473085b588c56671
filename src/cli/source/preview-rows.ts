import { rowsAsText } from '#connectors/sdk/sliced-rows.js';
import type { Batch, ReadSummary, Source } from '#connectors/sdk/types.js';
import type { Extract } from '#src/config/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { ColumnSpec, TypedCell } from '#src/domain/value/types.js';

export interface PreviewRow {
  readonly locator: string;
  /** By position of {@link previewColumns}. */
  readonly cells: readonly TypedCell[];
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
  readonly rejects: readonly PreviewReject[];
  readonly skipped: Readonly<Record<string, number>>;
  readonly repaired: Readonly<Record<string, number>>;
  readonly seen: number;
  /** Absent when there was more than was looked at. */
  readonly summary?: ReadSummary;
}

/** Reads and types the first rows of an extract, as a run would, and leaves the rest alone. */
export async function previewRows(
  source: Source<unknown>,
  extract: Extract,
  wanted: { readonly rows: number; readonly window: { readonly start: CalendarDate; readonly end: CalendarDate } },
  signal: AbortSignal,
): Promise<Preview> {
  // The first column of a snapshot is the day of the capture, which no source holds.
  const columns = previewColumns(extract);
  const readers = columns.map(createCellReader);
  const rows: PreviewRow[] = [];
  const rejects: PreviewReject[] = [];
  const skipped: Record<string, number> = {};
  const repaired: Record<string, number> = {};
  let seen = 0;

  const take = (batch: Batch): void => {
    seen += batch.seen;
    add(skipped, batch.skipped);
    add(repaired, batch.repaired ?? {});
    rejects.push(...batch.rejects);
    for (const [index, raw] of rowsAsText(batch.rows).entries()) {
      const locator = batch.locate(index);
      const readings = readers.map((read, position) => read(raw[position] ?? null));
      const problems = readings.flatMap((reading, position): PreviewReject[] => {
        if (reading.ok) return [];
        const column = columns[position]?.sourceName;
        return [{ locator, ...(column === undefined ? {} : { column }), raw: raw[position] ?? '', ...reading.problem }];
      });
      rejects.push(...problems);
      if (problems.length === 0) {
        rows.push({ locator, cells: readings.map((reading) => (reading.ok ? reading.value : null)) });
      }
    }
  };

  const batches = source.read({
    extract: extract.id,
    options: extract.source,
    columns: columns.map((column) => column.sourceName),
    columnTypes: columns.map((column) => column.type),
    columnSpecs: columns,
    window: wanted.window,
    limits: extract.limits,
    signal,
  });
  let next = await batches.next();
  for (; next.done !== true && rows.length < wanted.rows; next = await batches.next()) take(next.value);
  if (next.done !== true) await batches.return({ digest: '', description: [] });
  return { rows, rejects, skipped, repaired, seen, ...(next.done === true ? { summary: next.value } : {}) };
}

/** The columns that are asked of the source. */
export function previewColumns(extract: Extract): readonly ColumnSpec[] {
  return extract.snapshot === undefined ? extract.columns : extract.columns.slice(1);
}

function add(totals: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [rule, count] of Object.entries(counts)) totals[rule] = (totals[rule] ?? 0) + count;
}
