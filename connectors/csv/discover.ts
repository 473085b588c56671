import { fingerprintOf, inferField } from '#connectors/sdk/discover/infer-fields.js';
import type { DiscoveredStream, DiscoverRequest } from '#connectors/sdk/discovery.js';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import { rowsAsText } from '#connectors/sdk/sliced-rows.js';
import type { RawCell } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { detectDialect } from './dialect/detect-dialect.js';
import { declaredDialect } from './dialect/dialect-options.js';
import { CsvExtractSchema } from './options.js';
import type { FilePlace, FileStream } from './place.js';
import { rowsOfFile } from './rows-of-file.js';

/** Bytes looked at of a file, at most: enough for any sample worth a look. */
const HEAD_BYTES = 1024 * 1024;

/** What there is to read, by the beginning of the newest file of each shape. */
export async function discoverStreams(
  place: FilePlace,
  request: DiscoverRequest,
  guard: ReadGuard,
): Promise<readonly DiscoveredStream[]> {
  const discovered: DiscoveredStream[] = [];
  for (const stream of await place.streams(request.stream, guard)) {
    guard.checkpoint();
    discovered.push(await discoverStream(stream, request.sampleRows, guard));
  }
  return discovered;
}

interface Sample {
  readonly source: Readonly<Record<string, unknown>>;
  readonly header: readonly string[];
  readonly rows: readonly (readonly RawCell[])[];
  readonly notes: readonly string[];
}

async function discoverStream(stream: FileStream, sampleRows: number, guard: ReadGuard): Promise<DiscoveredStream> {
  const { source, header, rows, notes } = await sampleOf(stream, sampleRows, guard).catch((error: unknown) => {
    // One file that cannot be read must not hide the others.
    if (!(error instanceof PlumblineError) || !['layout', 'data', 'not_found'].includes(error.kind)) throw error;
    return { source: { files: stream.name }, header: [], rows: [], notes: [`not to be read: ${error.message}`] };
  });
  const fields = header.map((name, column) =>
    inferField(
      name,
      rows.map((row) => row[column] ?? null),
    ),
  );
  return {
    name: stream.name,
    kind: 'files',
    fields,
    sampledRows: rows.length,
    fingerprint: fingerprintOf(fields),
    source,
    notes: [...stream.notes, ...notes],
  };
}

async function sampleOf(stream: FileStream, sampleRows: number, guard: ReadGuard): Promise<Sample> {
  const { head, isWhole } = await headOf(stream);
  const { dialect } = detectDialect(head, {}, []);
  const source = { files: stream.name, ...declaredDialect(dialect) };
  const options = CsvExtractSchema.parse(source);
  const chunks = (async function* () {
    yield head;
  })();
  const reading = rowsOfFile({ chunks, file: stream.file, options, columns: [], guard });
  const rows: (readonly RawCell[])[] = [];
  let rejected = 0;
  let step = await reading.next();
  for (; step.done !== true; step = await reading.next()) {
    if (rows.length <= sampleRows) rows.push(...rowsAsText(step.value.rows));
    rejected += step.value.rejects.length;
  }
  const { header, notes } = step.value.summary;
  // The last record of a beginning may be cut.
  const whole = isWhole ? rows : rows.slice(0, -1);
  return {
    source,
    header,
    rows: whole.slice(0, sampleRows),
    notes: [
      ...notes,
      ...(isWhole && rejected > 0 ? [`${rejected} ${rejected === 1 ? 'record' : 'records'} could not be read`] : []),
    ],
  };
}

async function headOf(stream: FileStream): Promise<{ readonly head: Uint8Array; readonly isWhole: boolean }> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream.head()) {
    // A copy: the chunk's memory is used again.
    pieces.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > HEAD_BYTES) return { head: Buffer.concat(pieces).subarray(0, HEAD_BYTES), isWhole: false };
  }
  return { head: Buffer.concat(pieces), isWhole: true };
}
