import { LINE_FEED, RETURN } from '../records/marks.js';
import { createTranscoder } from '../text/transcoder.js';
import { MAX_LINES } from './cell-place.js';

/** Bytes kept of the beginning of a file, and of its end. */
const HEAD_BYTES = 1024 * 1024;
const TAIL_BYTES = 64 * 1024;

/** The physical lines at both ends of a file, as bytes of UTF-8 without their line ends. */
export interface FileEnds {
  readonly first: readonly Uint8Array[];
  /** Only lines that are not among the first. */
  readonly last: readonly Uint8Array[];
}

/** Keeps what stands at both ends of a file while somebody else reads it. */
export interface EndsWatch {
  /** The same chunks. */
  through(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void>;
  /** After the last chunk. */
  ends(): FileEnds;
}

export function watchEnds(encoding: string | undefined): EndsWatch {
  const transcoder = createTranscoder(encoding);
  const head: Uint8Array[] = [];
  let headBytes = 0;
  let tail: Uint8Array = new Uint8Array(0);
  let isCut = false;
  const keep = (bytes: Uint8Array): void => {
    const own = bytes.subarray(0, HEAD_BYTES - headBytes);
    // A copy, which slice() of a Buffer is not: a chunk's memory is used again.
    if (own.length > 0) head.push(Uint8Array.from(own));
    headBytes += own.length;
    const rest = bytes.subarray(own.length);
    if (rest.length === 0) return;
    isCut ||= tail.length + rest.length > TAIL_BYTES;
    tail = Buffer.concat([tail, rest.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
  };
  return {
    async *through(chunks) {
      for await (const chunk of chunks) {
        keep(transcoder.write(chunk));
        yield chunk;
      }
      keep(transcoder.end());
    },
    ends() {
      const whole = isCut ? [] : linesOf(Buffer.concat([...head, tail]));
      if (!isCut) return { first: whole.slice(0, MAX_LINES), last: whole.slice(MAX_LINES) };
      // Where a piece begins or ends nobody knows whether a line does.
      return {
        first: linesOf(Buffer.concat(head)).slice(0, -1).slice(0, MAX_LINES),
        last: linesOf(tail).slice(1),
      };
    },
  };
}

function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte !== LINE_FEED && byte !== RETURN) continue;
    lines.push(bytes.subarray(start, at));
    if (byte === RETURN && bytes[at + 1] === LINE_FEED) at += 1;
    start = at + 1;
  }
  return start < bytes.length ? [...lines, bytes.subarray(start)] : lines;
}
