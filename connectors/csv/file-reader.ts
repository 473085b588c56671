import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { createBatchBuilder } from '#connectors/sdk/batch-builder.js';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import type { Batch } from '#connectors/sdk/types.js';
import { castFileError, fileChanging } from './errors.js';
import type { DeliveredFile } from './files.js';
import type { CsvExtract } from './options.js';
import { createRecordReader } from './record-reader.js';
import { createRecordSplitter } from './record-splitter.js';
import { createTextDecoding } from './text-decoding.js';

/** Rows and rejects of a batch at most. */
const BATCH_ROWS = 5_000;
const CHUNK_BYTES = 256 * 1024;
/** Longest record; a longer one is a file without line ends or a quote left open, hardly ever data. */
const MAX_RECORD_LENGTH = 1024 * 1024;

/** A file as it was read. */
export interface FileEvidence {
  readonly name: string;
  /** Their number, as text. */
  readonly bytes: string;
  /** UTC ISO instant. */
  readonly modifiedAt: string;
  readonly sha256: string;
}

/** Reads one file from its first byte to its last, and makes sure that it stood still meanwhile. */
export async function* readDeliveredFile(
  file: DeliveredFile,
  options: CsvExtract,
  columns: readonly string[],
  guard: ReadGuard,
): AsyncGenerator<Batch, FileEvidence, void> {
  const handle = await open(file.path, 'r').catch((error: unknown) => {
    throw castFileError(error, `Opening file "${file.name}"`);
  });
  try {
    const before = await handle.stat({ bigint: true });
    const hash = createHash('sha256');
    const decoding = createTextDecoding(options.encoding);
    const delimiter = options.delimiter === 'tab' ? '\t' : options.delimiter;
    const quote = options.quote === 'none' ? undefined : options.quote;
    const splitter = createRecordSplitter({ delimiter, quote, maxRecordLength: MAX_RECORD_LENGTH });
    const batches = createBatchBuilder((line) => `${file.name}:${line}`);
    const reader = createRecordReader({ file: file.name, delimiter, columns, decoding, batches });

    let bytes = 0n;
    for await (const chunk of chunksOf(handle)) {
      guard.checkpoint();
      guard.addBytes(chunk.length);
      bytes += BigInt(chunk.length);
      hash.update(chunk);
      for (const record of splitter.push(decoding.write(chunk))) {
        guard.addRows(reader.take(record));
        if (batches.size >= BATCH_ROWS) yield* taken(batches.take(), guard);
      }
    }
    for (const record of [...splitter.push(decoding.end()), ...splitter.end()]) {
      guard.addRows(reader.take(record));
      if (batches.size >= BATCH_ROWS) yield* taken(batches.take(), guard);
    }
    reader.finish();

    const after = await handle.stat({ bigint: true });
    const now = await stat(file.path, { bigint: true });
    if (bytes !== before.size || after.size !== before.size) throw fileChanging(file.name, 'its size');
    if (after.mtimeNs !== before.mtimeNs) throw fileChanging(file.name, 'its time of change');
    if (now.ino !== before.ino || now.dev !== before.dev) throw fileChanging(file.name, 'another file took its name');
    yield* taken(batches.take(), guard);
    return {
      name: file.name,
      bytes: bytes.toString(),
      modifiedAt: before.mtime.toISOString(),
      sha256: hash.digest('hex'),
    };
  } catch (error) {
    throw castFileError(error, `Reading file "${file.name}"`);
  } finally {
    await handle.close();
  }
}

function* taken(batch: Batch | undefined, guard: ReadGuard): Generator<Batch, void, void> {
  guard.checkpoint();
  if (batch !== undefined) yield batch;
}

async function* chunksOf(handle: FileHandle): AsyncGenerator<Buffer, void, void> {
  for (;;) {
    // A new buffer each time: the decoder's last characters may still point into the one before.
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
