import type { ReadGuard } from '#connectors/sdk/limits.js';
import type { DialectOptions } from '../dialect/dialect-options.js';
import type { Marks } from './marks.js';

/** One file as it comes: its bytes, and what to take from it. */
export interface RecordsInput {
  /** In order, of any size. A chunk is read before the next is asked for, so its memory may be used again. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Name of the file, for places and messages. */
  readonly file: string;
  readonly options: DialectOptions;
  /** Asked-for columns; none: all of the header. */
  readonly columns: readonly string[];
  readonly guard: ReadGuard;
  /** Told the header before the first batch: for layouts, which make other columns of it. */
  readonly onHeader?: (header: FoundHeader) => void;
  /** Smaller than usual, for tests of the seams. */
  readonly sizes?: Partial<RecordSizes>;
}

/** The header, and where it was. */
export interface FoundHeader {
  readonly names: readonly string[];
  /** Its first line; 0 where its names are no record of the file: made up, or joined of several. */
  readonly line: number;
  /** Where what follows the header begins. */
  readonly firstLine: number;
  /** Whether all lines before that, save the header's, are blank. */
  readonly linesAreBlank: boolean;
  /** By which the file is taken apart. */
  readonly marks: Marks;
}

export interface RecordSizes {
  /** Bytes taken apart at a time. */
  readonly windowBytes: number;
  /** Bytes looked at to detect the dialect and to find the header. */
  readonly headBytes: number;
  /** Longest record; a longer one is a file without line ends or a quote left open, hardly ever data. */
  readonly maxRecordBytes: number;
  /** Rows and rejects of a batch at most. */
  readonly batchRows: number;
}

/** What a whole file gave besides its rows. */
export interface RecordsSummary {
  /** What was detected, and what may be wrong though it could be read. */
  readonly notes: readonly string[];
  /** Names of all columns, in the order of the file. */
  readonly header: readonly string[];
  /** Rows and rejects. */
  readonly records: number;
  /** Absent: nothing was lost. */
  readonly lost?: LostContent;
}

/** Records that were mended by dropping content: their values may be wrong. */
export interface LostContent {
  readonly count: number;
  /** Place of the first of them. */
  readonly first: string;
}
