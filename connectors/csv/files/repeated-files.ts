import type { DeliveredFile } from './delivered-file.js';
import { type BytesLimit, digestsOf, type FileDigests, isPacked } from './file-bytes.js';

export interface FoundRepeats {
  /** For each file (by name) that holds the same as one before it: which one. */
  readonly repeats: ReadonlyMap<string, string>;
  /** What each file is that had to be read for it. */
  readonly digests: ReadonlyMap<string, FileDigests>;
}

/**
 * Which files hold the same as an earlier one. Only files that could are read for it: those of equal size, and packed
 * ones, whose size says nothing, as soon as there are two files.
 */
export async function findRepeats(files: readonly DeliveredFile[], limit: BytesLimit): Promise<FoundRepeats> {
  const digests = new Map<string, FileDigests>();
  if (files.length > 1) {
    const plain: DeliveredFile[] = [];
    const filesOfSize = new Map<bigint, number>();
    const countSize = (size: bigint): void => void filesOfSize.set(size, (filesOfSize.get(size) ?? 0) + 1);
    for (const file of files) {
      limit.checkpoint();
      if (await isPacked(file)) {
        const found = await digestsOf(file, limit);
        digests.set(file.name, found);
        countSize(found.contentBytes);
      } else {
        plain.push(file);
        countSize(file.state.size);
      }
    }
    for (const file of plain) {
      if ((filesOfSize.get(file.state.size) ?? 0) > 1) digests.set(file.name, await digestsOf(file, limit));
    }
  }
  const first = new Map<string, string>();
  const repeats = new Map<string, string>();
  for (const { name } of files) {
    const digest = digests.get(name)?.contentSha256;
    if (digest === undefined) continue;
    const earlier = first.get(digest);
    if (earlier === undefined) first.set(digest, name);
    else repeats.set(name, earlier);
  }
  return { repeats, digests };
}
