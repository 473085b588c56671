import type { DialectOptions } from '#connectors/csv/dialect/dialect-options.js';
import { readRecords } from '#connectors/csv/records/read-records.js';
import type { RecordSizes, RecordsSummary } from '#connectors/csv/records/types.js';
import { assertBalance } from '#connectors/sdk/balance.js';
import { guardRead } from '#connectors/sdk/limits.js';
import { rowsAsText } from '#connectors/sdk/sliced-rows.js';
import type { RawCell, RawReject } from '#connectors/sdk/types.js';

/** Everything that the engine made of one file, each batch held to the balance. */
export interface ReadFile {
  readonly rows: readonly (readonly RawCell[])[];
  readonly places: readonly string[];
  readonly rejects: readonly RawReject[];
  readonly skipped: Readonly<Record<string, number>>;
  readonly repaired: Readonly<Record<string, number>>;
  readonly batches: number;
  readonly summary: RecordsSummary;
}

export interface ReadBytesOptions extends DialectOptions {
  /** Where to cut the file into chunks. */
  readonly cuts?: readonly number[];
  readonly sizes?: Partial<RecordSizes>;
}

/** Reads a file that is in memory. No columns: all of its header. */
export async function readBytes(
  content: string | Uint8Array,
  columns: readonly string[] = [],
  { cuts = [], sizes, ...options }: ReadBytesOptions = {},
): Promise<ReadFile> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const limits = { maxRows: 1e9, maxBytes: 1e9, timeoutMs: 60_000 };
  const guard = guardRead('a file under test', limits, new AbortController().signal);
  const reading = readRecords({
    chunks: chunksOf(bytes, cuts),
    file: 'a.csv',
    options,
    columns,
    guard,
    ...(sizes === undefined ? {} : { sizes }),
  });
  const rows: (readonly RawCell[])[] = [];
  const places: string[] = [];
  const rejects: RawReject[] = [];
  const skipped: Record<string, number> = {};
  const repaired: Record<string, number> = {};
  let batches = 0;
  try {
    for (;;) {
      const step = await reading.next();
      if (step.done) return { rows, places, rejects, skipped, repaired, batches, summary: step.value };
      const batch = step.value;
      assertBalance(batch);
      batches += 1;
      for (const row of rowsAsText(batch.rows)) rows.push(row);
      for (let index = 0; index < batch.rows.length; index += 1) places.push(batch.locate(index));
      rejects.push(...batch.rejects);
      addCounts(skipped, batch.skipped);
      addCounts(repaired, batch.repaired ?? {});
    }
  } finally {
    guard.close();
  }
}

/** Chunks in memory that is used again, as readers of files do. */
async function* chunksOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array, void, void> {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const memory = new Uint8Array(bytes.length);
  for (let index = 1; index < at.length; index += 1) {
    const piece = bytes.subarray(at[index - 1], at[index]);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
    memory.fill(0x21);
  }
}

function addCounts(to: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [rule, count] of Object.entries(counts)) to[rule] = (to[rule] ?? 0) + count;
}
