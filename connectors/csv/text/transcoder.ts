import { isUtf8Name, loadIconv } from './encodings.js';

/** Bytes of any encoding to bytes of UTF-8, chunk by chunk. */
export interface Transcoder {
  /** The next bytes as UTF-8, without a byte order mark. May be the very memory that was given. */
  write(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
  /** The encoding read; before the first bytes are seen, what was declared. */
  readonly encoding: string;
  /** Whether it was told by a byte order mark. */
  readonly isFromMark: boolean;
  /**
   * Whether what comes out is always well-formed, a unit that was no text having become U+FFFD. A file in such an
   * encoding cannot mean that character; UTF-8 comes out as it is.
   */
  readonly marksBadUnits: boolean;
}

const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const LONGEST_MARK = 4;
const NOTHING = new Uint8Array(0);
/** What the library is given at a time: always the same pieces of a file, for what it makes of bad bytes depends on them. */
const PIECE_BYTES = 64 * 1024;

/** @param declared the encoding of the extract; `undefined`: UTF-8, unless a byte order mark tells another */
export function createTranscoder(declared: string | undefined): Transcoder {
  let chosen: Inner | undefined;
  let encoding = declared ?? 'utf-8';
  let isFromMark = false;
  let first: Uint8Array = NOTHING;

  const choose = (): Inner => {
    const marked = declared === undefined ? markedEncoding(first) : undefined;
    if (marked !== undefined) {
      encoding = marked;
      isFromMark = true;
    }
    chosen = isUtf8Name(encoding) ? utf8() : tables(encoding);
    return chosen;
  };
  return {
    write(bytes) {
      if (chosen !== undefined) return chosen.write(bytes);
      first = first.length === 0 ? bytes : joined(first, bytes);
      if (first.length < LONGEST_MARK) {
        // Held over the call, so it must not be the caller's memory.
        first = first.slice();
        return NOTHING;
      }
      return choose().write(first);
    },
    end() {
      if (chosen !== undefined) return chosen.end();
      const inner = choose();
      return joined(inner.write(first), inner.end());
    },
    get encoding() {
      return encoding;
    },
    get isFromMark() {
      return isFromMark;
    },
    get marksBadUnits() {
      return !isUtf8Name(encoding);
    },
  };
}

interface Inner {
  write(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/** Nothing to do but to leave the byte order mark out. The first piece is never shorter than one, but at the end. */
function utf8(): Inner {
  let atStart = true;
  return {
    write(bytes) {
      if (!atStart) return bytes;
      atStart = false;
      return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
    },
    end: () => NOTHING,
  };
}

function tables(encoding: string): Inner {
  const decoder = loadIconv().getDecoder(encoding);
  const unitBytes = /^(utf-?16|ucs-?2)/i.test(encoding) ? 2 : /^(utf-?32|ucs-?4)/i.test(encoding) ? 4 : 1;
  const piece = Buffer.alloc(PIECE_BYTES);
  let gathered = 0;
  let length = 0;
  let atStart = true;
  let half = '';
  const encode = (decoded: string, isLast: boolean): Uint8Array => {
    let text = half + decoded;
    half = '';
    // Half a surrogate pair: the other one is in the next piece.
    if (!isLast && /[\uD800-\uDBFF]$/.test(text)) {
      half = text.slice(-1);
      text = text.slice(0, -1);
    }
    if (atStart && text.length > 0) {
      atStart = false;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    return Buffer.from(text, 'utf8');
  };
  return {
    write(bytes) {
      length += bytes.length;
      const parts: Uint8Array[] = [];
      for (let from = 0; from < bytes.length; ) {
        const part = bytes.subarray(from, from + PIECE_BYTES - gathered);
        piece.set(part, gathered);
        from += part.length;
        gathered += part.length;
        if (gathered === PIECE_BYTES) {
          parts.push(encode(decoder.write(piece), false));
          gathered = 0;
        }
      }
      return parts.length === 1 ? (parts[0] ?? NOTHING) : Buffer.concat(parts);
    },
    end() {
      const rest = decoder.write(piece.subarray(0, gathered)) + (decoder.end() ?? '');
      // A file cut in the middle of a unit: the library drops the bytes left over, so they are marked here.
      return encode(length % unitBytes === 0 ? rest : `${rest}\uFFFD`, true);
    },
  };
}

function markedEncoding(first: Uint8Array): string | undefined {
  return MARKS.find(([, mark]) => mark.every((byte, index) => first[index] === byte))?.[0];
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return Buffer.concat([a, b]);
}
