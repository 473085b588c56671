import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CsvConnection, type CsvExtract, CsvExtractSchema } from '#connectors/csv/options.js';
import { openCsvSource } from '#connectors/csv/source.js';
import type { OpenContext, ReadRequest, Source } from '#connectors/sdk/types.js';
import { readAll, request, type WholeRead } from '../read-all.js';

export const CONTEXT: OpenContext = {
  baseDirectory: '/',
  cacheDirectory: join(tmpdir(), 'plumbline-csv-no-cache'),
  now: () => '2026-08-03T06:00:00Z',
};

/** An extract as a test has it: files were just written, and are not waited for unless the test says so. */
export function csvExtract(options: Partial<CsvExtract> = {}): CsvExtract {
  return CsvExtractSchema.parse({ files: '*.csv', stands_still_seconds: 0, ...options });
}

/** A folder on disk for one test, with the files given. */
export class CsvFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'plumbline-csv-'));

  write(name: string, content: string | Uint8Array): this {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return this;
  }

  /** Sets when a file last changed. */
  age(name: string, changedAt: string): this {
    utimesSync(join(this.path, name), new Date(changedAt), new Date(changedAt));
    return this;
  }

  open(connection: Partial<CsvConnection> = {}): Promise<Source<CsvExtract>> {
    return openCsvSource({ folder: this.path, ...connection }, CONTEXT);
  }

  async read(
    columns: readonly string[],
    options: Partial<CsvExtract> = {},
    change: Partial<ReadRequest<CsvExtract>> = {},
  ): Promise<WholeRead> {
    return readAll(await this.open(), request(csvExtract(options), columns, change));
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
