import type { ReadGuard } from '#connectors/sdk/limits.js';
import { gunzipped } from '../files/gunzip.js';
import { answerCut, answerUnusable, networkFailure } from './failures.js';
import type { HttpAnswer } from './request.js';

/**
 * The bytes of an answer as the file that it stands for: whole, and unpacked where they were only packed for the way.
 *
 * @throws PlumblineError `transient` when the answer is cut; `config` for a packing nobody asked for
 */
export async function* bodyOf(
  answer: HttpAnswer,
  name: string,
  guard: Pick<ReadGuard, 'checkpoint' | 'stopped' | 'addBytes'>,
): AsyncGenerator<Uint8Array, void, void> {
  const { message, url } = answer;
  const encoding = (message.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  try {
    if (encoding === 'identity' || encoding === '') {
      for await (const chunk of rawBody(answer, guard)) {
        guard.addBytes(chunk.length);
        yield chunk;
      }
    } else if (encoding === 'gzip' || encoding === 'x-gzip') {
      for await (const chunk of gunzipped(rawBody(answer, guard), name)) {
        guard.checkpoint();
        guard.addBytes(chunk.length);
        yield chunk;
      }
    } else {
      throw answerUnusable(url, `it came packed as "${encoding}"`);
    }
  } finally {
    message.destroy();
  }
}

async function* rawBody(
  { message, url }: HttpAnswer,
  guard: Pick<ReadGuard, 'checkpoint' | 'stopped'>,
): AsyncGenerator<Uint8Array, void, void> {
  const promised = message.headers['content-length'];
  let bytes = 0;
  try {
    const chunks: AsyncIterable<Buffer> = message;
    for await (const chunk of chunks) {
      guard.checkpoint();
      bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    const stopped = guard.stopped();
    if (stopped !== undefined) throw stopped;
    const failure = networkFailure(error, url);
    throw failure.kind === 'transient' ? answerCut(url, `it broke off after ${bytes} bytes`, error) : failure;
  }
  guard.checkpoint();
  if (promised !== undefined && promised !== String(bytes)) {
    throw answerCut(url, `it has ${bytes} bytes where ${promised} were promised`);
  }
  if (!message.complete) throw answerCut(url, `it ended after ${bytes} bytes without its end`);
}

/** Whether the answer says itself where it ends; without, a cut one cannot be told from a whole one. */
export function saysItsLength({ message }: HttpAnswer): boolean {
  const { 'content-length': length, 'transfer-encoding': transfer } = message.headers;
  return length !== undefined || (transfer ?? '').toLowerCase().includes('chunked');
}
