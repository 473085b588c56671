import type { Watermark } from '#connectors/sdk/watermark.js';
import type { CsvExtract } from '../options.js';
import type { FoundHeader } from '../records/types.js';
import { type EndsWatch, watchEnds } from './file-ends.js';
import { asOfLines, asOfName, asOfWatermark, type FileAsOf } from './read-as-of.js';

/** Finds what files say of how far they go while they are read. */
export interface AsOfWatch {
  /** Before a file is read; its chunks are to go through what it gives. */
  file(): WatchedFile;
  /** Of a file that is not read, since its content is that of an earlier one. */
  repeated(name: string): void;
  /** Once every file was read. */
  found(): { readonly notes: readonly (readonly [file: string, note: string])[]; readonly watermark?: Watermark };
}

export interface WatchedFile {
  through: EndsWatch['through'];
  onHeader(header: FoundHeader): void;
  /** After its last chunk. */
  end(name: string): void;
}

/** `undefined` for an extract without `as_of`, whose files are read as they are. */
export function watchAsOf({ as_of: asOf, encoding }: CsvExtract): AsOfWatch | undefined {
  if (asOf === undefined) return undefined;
  const rule = typeof asOf === 'string' ? { cell: asOf } : asOf;
  const { date_in_name: pattern } = rule;
  const all: (readonly [file: string, said: FileAsOf])[] = [];
  return {
    file() {
      const watch = pattern === undefined ? watchEnds(encoding) : undefined;
      let marks: FoundHeader['marks'] | undefined;
      return {
        through: (chunks) => watch?.through(chunks) ?? passedOn(chunks),
        onHeader: (header) => {
          marks = header.marks;
        },
        end(name) {
          if (pattern !== undefined) all.push([name, asOfName(name, pattern)]);
          else if (watch !== undefined && marks !== undefined) all.push([name, asOfLines(watch.ends(), marks, rule)]);
        },
      };
    },
    repeated(name) {
      if (pattern !== undefined) all.push([name, asOfName(name, pattern)]);
    },
    found() {
      const watermark = asOfWatermark(
        all.flatMap(([, said]) => ('at' in said ? [said.at] : [])),
        rule,
      );
      const notes = all.flatMap(([file, said]) => ('problem' in said ? [[file, said.problem] as const] : []));
      return { notes, ...(watermark === undefined ? {} : { watermark }) };
    },
  };
}

async function* passedOn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  yield* chunks;
}
