import type { ReadGuard } from '#connectors/sdk/limits.js';
import type { Probe, ReadLimits, ReadRequest } from '#connectors/sdk/types.js';
import type { Watermark } from '#connectors/sdk/watermark.js';
import type { DeliveredFile } from './files/delivered-file.js';
import type { CsvExtract } from './options.js';

/** Where files come from: a folder of this machine, or a server. What is in them is no business of a place. */
export interface FilePlace {
  /** The files of an extract, whole and at rest on this machine, in the order they are to be read. */
  deliver(options: CsvExtract, window: ReadRequest<CsvExtract>['window'], guard: ReadGuard): Promise<Delivery>;
  watermark(options: CsvExtract, guard: ReadGuard): Promise<Watermark | undefined>;
  check(signal: AbortSignal): Promise<readonly Probe[]>;
  /** What there is to read; files of one shape together. */
  streams(wanted: string | undefined, guard: ReadGuard): Promise<readonly FileStream[]>;
}

export interface Delivery {
  readonly files: readonly DeliveredFile[];
  /** A line about one of them for people; `sha256` is of what was delivered. */
  describe(file: DeliveredFile, sha256: string): string;
  /** What to say when there is none. */
  readonly nothing: string;
  readonly notes: readonly string[];
  readonly watermark: Watermark | undefined;
}

export interface FileStream {
  /** Value of `files:` that reads it, and its name. */
  readonly name: string;
  /** The beginning of its newest file, unpacked. */
  head(): AsyncGenerator<Uint8Array, void, void>;
  /** The file that `head` shows. */
  readonly file: string;
  readonly notes: readonly string[];
}

/** Bounds of what is done outside a read: a look at a source must not take longer than a person waits. */
export const LOOKING_LIMITS: ReadLimits = { maxRows: 100_000_000, maxBytes: 4 * 1024 ** 3, timeoutMs: 60_000 };
