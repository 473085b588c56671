import { resolve } from 'node:path';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { guardRead } from '#connectors/sdk/limits.js';
import type { Batch, OpenContext, Probe, ReadRequest, ReadSummary, Source } from '#connectors/sdk/types.js';
import { checkFolder } from './check.js';
import { type FileEvidence, readDeliveredFile } from './file-reader.js';
import { listFiles } from './files.js';
import type { CsvConnection, CsvExtract } from './options.js';

/** A folder of files. Nothing stays open between reads. */
export function openCsvSource(connection: CsvConnection, context: OpenContext): Source<CsvExtract> {
  const folder = resolve(context.baseDirectory, connection.folder);
  return {
    check: (signal: AbortSignal): Promise<readonly Probe[]> => checkFolder(folder, signal),
    read: (request) => readFolder(folder, request),
    close: async () => {},
  };
}

async function* readFolder(folder: string, request: ReadRequest<CsvExtract>): AsyncGenerator<Batch, ReadSummary, void> {
  const { options, columns } = request;
  const guard = guardRead(`extract "${request.extract}"`, request.limits, request.signal);
  try {
    guard.checkpoint();
    const evidence: FileEvidence[] = [];
    for (const file of await listFiles(folder, options.files)) {
      guard.checkpoint();
      evidence.push(yield* readDeliveredFile(file, options, columns, guard));
    }
    return {
      digest: sha256Hex(JSON.stringify([options, columns, evidence.map(({ name, sha256 }) => [name, sha256])])),
      description: evidence.length === 0 ? [nothingDelivered(folder, options.files)] : evidence.map(describe),
    };
  } finally {
    guard.close();
  }
}

function nothingDelivered(folder: string, glob: string): string {
  return `No file in "${folder}" matches "${glob}": nothing was delivered`;
}

function describe(file: FileEvidence): string {
  return `${file.name}: ${file.bytes} bytes, changed ${file.modifiedAt}, sha256 ${file.sha256.slice(0, 12)}`;
}
