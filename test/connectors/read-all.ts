import { assertBalance } from '#connectors/sdk/balance.js';
import { rowsAsText } from '#connectors/sdk/sliced-rows.js';
import type { RawCell, RawReject, ReadRequest, ReadSummary, Source } from '#connectors/sdk/types.js';

/** Everything a read gave, each batch held to the balance. */
export interface WholeRead {
  readonly rows: readonly (readonly RawCell[])[];
  readonly places: readonly string[];
  readonly rejects: readonly RawReject[];
  readonly skipped: Readonly<Record<string, number>>;
  readonly seen: number;
  readonly batches: number;
  readonly summary: ReadSummary;
}

export async function readAll<T>(source: Source<T>, request: ReadRequest<T>): Promise<WholeRead> {
  const rows: (readonly RawCell[])[] = [];
  const places: string[] = [];
  const rejects: RawReject[] = [];
  const skipped: Record<string, number> = {};
  let seen = 0;
  let batches = 0;
  const reading = source.read(request);
  for (;;) {
    const step = await reading.next();
    if (step.done) return { rows, places, rejects, skipped, seen, batches, summary: step.value };
    const batch = step.value;
    assertBalance(batch);
    batches += 1;
    seen += batch.seen;
    // At once, as text: the memory of sliced rows is used again for the next batch.
    for (const [index, row] of rowsAsText(batch.rows).entries()) {
      rows.push(row);
      places.push(batch.locate(index));
    }
    for (const reject of batch.rejects) rejects.push(reject);
    for (const [rule, count] of Object.entries(batch.skipped)) skipped[rule] = (skipped[rule] ?? 0) + count;
  }
}

/** A request with bounds no test reaches unless it says so. */
export function request<T>(
  options: T,
  columns: readonly string[],
  change: Partial<ReadRequest<T>> = {},
): ReadRequest<T> {
  return {
    extract: 'under-test',
    options,
    columns,
    window: { start: '2026-01-01', end: '2026-02-01' },
    limits: { maxRows: 5_000_000, maxBytes: 1_000_000_000, timeoutMs: 30_000 },
    signal: new AbortController().signal,
    ...change,
  };
}
