import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CsvExtract, CsvExtractSchema } from '#connectors/csv/options.js';
import { openCsvSource } from '#connectors/csv/source.js';
import type { ReadRequest } from '#connectors/sdk/types.js';
import { readAll, request, type WholeRead } from '../read-all.js';

export const CONTEXT_NOW = (): string => '2026-08-03T06:00:00Z';

/** A folder on disk for one test, with the files given. */
export class CsvFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'plumbline-csv-'));

  write(name: string, content: string | Uint8Array): this {
    writeFileSync(join(this.path, name), content);
    return this;
  }

  read(
    columns: readonly string[],
    options: Partial<CsvExtract> & { files?: string } = {},
    change: Partial<ReadRequest<CsvExtract>> = {},
  ): Promise<WholeRead> {
    const source = openCsvSource({ folder: this.path }, { baseDirectory: '/', now: CONTEXT_NOW });
    const extract = CsvExtractSchema.parse({ files: '*.csv', ...options });
    return readAll(source, request(extract, columns, change));
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
