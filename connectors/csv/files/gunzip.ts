import type { FileHandle } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** Magic number and the one compression method there is (RFC 1952). */
const MAGIC = [0x1f, 0x8b, 0x08];

/** Whether a file begins as gzip does, whatever its name says. */
export async function looksGzipped(handle: FileHandle): Promise<boolean> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
  return bytesRead === MAGIC.length && MAGIC.every((byte, index) => buffer[index] === byte);
}

/**
 * What is inside gzip, piece by piece; several members one after the other are one file. Zero bytes may follow, as
 * tapes and some copy programs leave them.
 *
 * @throws PlumblineError `data` SOURCE_FILE_DAMAGED when it is cut short or broken. Bytes behind the last member that
 *   are no member are refused too: zlib alone would take them for the end, and half a file for the whole.
 */
export async function* gunzipped(
  packed: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, void> {
  const gunzip = createGunzip({ chunkSize: 128 * 1024 });
  const fed = feed(gunzip, packed);
  try {
    for await (const chunk of gunzip) yield chunk;
    if ((await fed).lastNonZero > gunzip.bytesWritten) {
      throw damaged(name, 'behind its end there are bytes that are no gzip');
    }
  } catch (error) {
    throw isZlibError(error) ? damaged(name, error.message, error) : error;
  } finally {
    gunzip.destroy();
    await fed;
  }
}

/** Writes all there is; what stands behind the end of the last member is only looked at. Never rejects. */
async function feed(gunzip: Gunzip, packed: AsyncIterable<Uint8Array>): Promise<{ readonly lastNonZero: number }> {
  let read = 0;
  let lastNonZero = 0;
  let ended = false;
  // A write that ends in an error is never answered, so the end of the stream counts as an answer too.
  const closed = new Promise<void>((resolve) => gunzip.once('close', resolve));
  const taken = (chunk: Uint8Array): Promise<void> =>
    Promise.race([new Promise<void>((resolve) => gunzip.write(chunk, () => resolve())), closed]);
  try {
    for await (const chunk of packed) {
      const nonZero = endOfNonZeros(chunk);
      if (nonZero > 0) lastNonZero = read + nonZero;
      read += chunk.length;
      if (!ended) await taken(chunk);
      if (gunzip.destroyed && !gunzip.readableEnded) break;
      ended ||= gunzip.destroyed || gunzip.bytesWritten < read;
    }
    if (!gunzip.destroyed) gunzip.end();
  } catch (error) {
    gunzip.destroy(error instanceof Error ? error : new Error(String(error)));
  }
  return { lastNonZero };
}

/** Where the zeros at the end of a chunk begin; 0 when there is nothing else. */
function endOfNonZeros(chunk: Uint8Array): number {
  let end = chunk.length;
  while (end > 0 && chunk[end - 1] === 0) end -= 1;
  return end;
}

function damaged(name: string, problem: string, cause?: unknown): PlumblineError {
  return new PlumblineError('data', 'SOURCE_FILE_DAMAGED', `Unpacking "${name}": it is damaged or cut (${problem})`, {
    remedy: 'Have the file sent again; nothing of it is used. A file that is not packed must not be named .gz.',
    cause,
  });
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^Z_/.test(error.code);
}
