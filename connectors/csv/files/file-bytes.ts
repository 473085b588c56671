import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { castFileError, fileChanging } from '../errors.js';
import { changeBetween, currentState, type DeliveredFile, fileStateOf } from './delivered-file.js';
import { gunzipped, looksGzipped } from './gunzip.js';

const CHUNK_BYTES = 256 * 1024;

/** What a file turned out to be, known when its last byte was read. */
export interface FileDigests {
  /** Of the bytes as they were delivered. */
  readonly sha256: string;
  /** Of the bytes inside, which for a file that is not packed are the same. */
  readonly contentSha256: string;
  readonly contentBytes: bigint;
  readonly packed: boolean;
}

/** The content of a file, read from its first byte to its last. */
export interface FileBytes {
  /** Unpacked where the file is gzip. A chunk's memory is used again for the next. */
  readonly chunks: AsyncGenerator<Uint8Array, void, void>;
  /** After the last chunk. */
  digests(): FileDigests;
}

export interface BytesLimit {
  checkpoint(): void;
  /** Throws when there are too many; counts what is inside, not what is packed. */
  addBytes(count: number): void;
}

/**
 * Opens a file when its first chunk is asked for, and closes it when the last was given or nobody wants more. When it
 * was read to its end, it is made sure that it is still the file that was found, in the state it was found in.
 *
 * @throws PlumblineError `transient` SOURCE_FILE_CHANGING; `data` SOURCE_FILE_DAMAGED for gzip that is cut or broken
 */
export function fileBytes(file: DeliveredFile, limit: BytesLimit): FileBytes {
  const delivered = createHash('sha256');
  let content = delivered;
  let contentBytes = 0n;
  let packed = false;

  async function* chunks(): AsyncGenerator<Uint8Array, void, void> {
    const handle = await openAsFound(file);
    try {
      packed = file.name.endsWith('.gz') || (await looksGzipped(handle));
      let readBytes = 0n;
      const raw = (async function* () {
        for await (const chunk of chunksOf(handle, packed)) {
          limit.checkpoint();
          readBytes += BigInt(chunk.length);
          delivered.update(chunk);
          yield chunk;
        }
      })();
      if (packed) content = createHash('sha256');
      for await (const chunk of packed ? gunzipped(raw, file.name) : raw) {
        limit.checkpoint();
        limit.addBytes(chunk.length);
        contentBytes += BigInt(chunk.length);
        if (packed) content.update(chunk);
        yield chunk;
      }
      await assertUnchanged(file, handle, readBytes);
    } catch (error) {
      throw castFileError(error, `Reading file "${file.name}"`);
    } finally {
      await handle.close();
    }
  }

  return {
    chunks: chunks(),
    digests() {
      const sha256 = delivered.digest('hex');
      return { sha256, contentSha256: packed ? content.digest('hex') : sha256, contentBytes, packed };
    },
  };
}

/** Reads a file for its digests alone. */
export async function digestsOf(file: DeliveredFile, limit: BytesLimit): Promise<FileDigests> {
  const bytes = fileBytes(file, limit);
  for await (const _ of bytes.chunks) limit.checkpoint();
  return bytes.digests();
}

/** Whether a file is gzip, by its name or by how it begins. */
export async function isPacked(file: DeliveredFile): Promise<boolean> {
  if (file.name.endsWith('.gz')) return true;
  const handle = await openAsFound(file);
  try {
    return await looksGzipped(handle);
  } catch (error) {
    throw castFileError(error, `Reading file "${file.name}"`);
  } finally {
    await handle.close();
  }
}

async function openAsFound(file: DeliveredFile): Promise<FileHandle> {
  // The path was resolved when the file was found; a link that has taken its place since is not followed.
  const handle = await open(file.path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    const failure = castFileError(error, `Opening file "${file.name}"`);
    throw failure.kind === 'not_found' ? fileChanging(file.name, 'it is gone') : failure;
  });
  try {
    const change = changeBetween(file.state, fileStateOf(await handle.stat({ bigint: true })));
    if (change !== undefined) throw fileChanging(file.name, change);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function assertUnchanged(file: DeliveredFile, handle: FileHandle, readBytes: bigint): Promise<void> {
  const after = fileStateOf(await handle.stat({ bigint: true }));
  const change =
    changeBetween(file.state, after) ??
    changeBetween(file.state, await currentState(file)) ??
    (readBytes === file.state.size ? undefined : 'its size');
  if (change !== undefined) throw fileChanging(file.name, change);
}

/**
 * Reads the next chunk while the one before is taken apart.
 *
 * @param fresh a new buffer for each chunk, for a taker that still holds the one before
 */
async function* chunksOf(handle: FileHandle, fresh: boolean): AsyncGenerator<Buffer, void, void> {
  const readAt = (memory: Buffer, position: number): ReturnType<typeof handle.read<Buffer>> => {
    const read = handle.read(memory, 0, CHUNK_BYTES, position);
    // A failure is thrown where the chunk is asked for; until then nobody waits for it.
    read.catch(() => {});
    return read;
  };
  let spare: Buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let position = 0;
  let ahead = readAt(Buffer.allocUnsafe(CHUNK_BYTES), position);
  try {
    for (;;) {
      const { bytesRead, buffer } = await ahead;
      if (bytesRead === 0) return;
      position += bytesRead;
      ahead = readAt(fresh ? Buffer.allocUnsafe(CHUNK_BYTES) : spare, position);
      yield buffer.subarray(0, bytesRead);
      spare = buffer;
    }
  } finally {
    // The file must not be closed under a read.
    await ahead.catch(() => {});
  }
}
