import { sha256Hex } from '#connectors/sdk/digest.js';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import type { Batch, ReadRequest, ReadSummary } from '#connectors/sdk/types.js';
import { watchAsOf } from './as-of/watch-as-of.js';
import { fileChanging } from './errors.js';
import type { DeliveredFile } from './files/delivered-file.js';
import { type FileDigests, fileBytes } from './files/file-bytes.js';
import { type FoundRepeats, findRepeats } from './files/repeated-files.js';
import type { CsvExtract } from './options.js';
import type { FilePlace } from './place.js';
import { readNotes } from './read-notes.js';
import { rowsOfFile } from './rows-of-file.js';

/** Rows of a repeated file are counted under this rule, and taken from the first of them only. */
const REPEATED = 'repeated_file';

const NO_REPEATS: FoundRepeats = { repeats: new Map(), digests: new Map() };

/** Reads the files of an extract one after the other; each is a part of its own, and no content is taken twice unasked. */
export async function* readFiles(
  place: FilePlace,
  request: ReadRequest<CsvExtract>,
): AsyncGenerator<Batch, ReadSummary, void> {
  const { options, columns, window } = request;
  const guard = guardRead(`extract "${request.extract}"`, request.limits, request.signal);
  try {
    guard.checkpoint();
    const delivery = await beforehand(request, guard, (own) => place.deliver(options, window, own));
    const { files } = delivery;
    const { repeats, digests } =
      options.repeated === 'take' ? NO_REPEATS : await beforehand(request, guard, (own) => findRepeats(files, own));

    const notes = readNotes(columns);
    for (const note of delivery.notes) notes.add(note);
    const read: { readonly file: DeliveredFile; readonly sha256: string }[] = [];
    const asOf = watchAsOf(options);
    const seenIn = new Map<string, number>();
    for (const file of files) {
      guard.checkpoint();
      const known = digests.get(file.name);
      const earlier = repeats.get(file.name);
      if (earlier !== undefined && known !== undefined) {
        const seen = seenIn.get(earlier) ?? 0;
        notes.add(
          `"${file.name}" holds the same as "${earlier}": its ${seen} rows are counted as ${REPEATED}; if both are deliveries of their own, set "repeated: take"`,
        );
        if (seen > 0) yield nothingBut({ [REPEATED]: seen }, file.name);
        read.push({ file, sha256: known.sha256 });
        asOf?.repeated(file.name);
        continue;
      }
      const bytes = fileBytes(file, guard);
      const watched = asOf?.file();
      const rows = rowsOfFile({
        chunks: watched?.through(bytes.chunks) ?? bytes.chunks,
        file: file.name,
        options,
        columns,
        guard,
        ...(watched === undefined ? {} : { onHeader: watched.onHeader }),
      });
      const { seen, summary } = yield* rows;
      notes.addOfFile(file.name, summary);
      const found = bytes.digests();
      assertSame(file, known, found);
      watched?.end(file.name);
      seenIn.set(file.name, seen);
      read.push({ file, sha256: found.sha256 });
    }
    const dated = asOf?.found();
    for (const [file, note] of dated?.notes ?? []) notes.addOfFile(file, { notes: [note], header: [] });
    const watermark = dated === undefined ? delivery.watermark : dated.watermark;
    return {
      digest: sha256Hex(JSON.stringify([options, columns, read.map(({ file, sha256 }) => [file.name, sha256])])),
      description:
        read.length === 0 ? [delivery.nothing] : read.map(({ file, sha256 }) => delivery.describe(file, sha256)),
      notes: notes.all(),
      ...(watermark === undefined ? {} : { watermark }),
    };
  } finally {
    guard.close();
  }
}

/** Work before the first row, with counters of its own: bytes are counted once for each time they are moved. */
async function beforehand<T>(
  { extract, limits, signal }: ReadRequest<CsvExtract>,
  guard: ReadGuard,
  work: (own: ReadGuard) => Promise<T>,
): Promise<T> {
  guard.checkpoint();
  const own = guardRead(`extract "${extract}"`, { ...limits, timeoutMs: guard.remainingMs() }, signal);
  try {
    const result = await work(own);
    guard.checkpoint();
    return result;
  } catch (error) {
    // A limit of time is told by the whole read, not by what was left of it.
    guard.checkpoint();
    throw error;
  } finally {
    own.close();
  }
}

function nothingBut(skipped: Readonly<Record<string, number>>, part: string): Batch {
  return {
    rows: [],
    rejects: [],
    skipped,
    seen: Object.values(skipped).reduce((sum, count) => sum + count, 0),
    part,
    locate(index) {
      throw new RangeError(`This batch has no rows, none at index ${index}`);
    },
  };
}

function assertSame(file: DeliveredFile, before: FileDigests | undefined, now: FileDigests): void {
  if (before !== undefined && before.sha256 !== now.sha256) throw fileChanging(file.name, 'its bytes');
}
