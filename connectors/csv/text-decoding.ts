import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { isUtf8Name } from './options.js';

/**
 * Bytes to text, chunk by chunk, without ever hiding a byte that is no text: each one becomes a mark that no valid
 * file can contain, so that the record which holds it can be rejected and its neighbours kept.
 */
export interface TextDecoding {
  write(bytes: Buffer): string;
  end(): string;
  /** Whether a record holds bytes that are no text in this encoding. */
  isBroken(record: string): boolean;
  /** A record with its bad bytes spelled `\xE4`. */
  spell(record: string): string;
}

/** Bad byte b is marked by the lone surrogate 0xDC00 + b, as Python's `surrogateescape` does. */
const MARK_BASE = 0xdc00;
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;
const BYTE_ORDER_MARK = '\uFEFF';

export function createTextDecoding(encoding: string): TextDecoding {
  return isUtf8Name(encoding) ? utf8Decoding() : tableDecoding(encoding);
}

function utf8Decoding(): TextDecoding {
  let carry: Buffer = Buffer.alloc(0);
  let atStart = true;
  let sawBadByte = false;
  const decode = (bytes: Buffer): string => {
    let text: string;
    if (isUtf8(bytes)) {
      text = bytes.toString('utf8');
    } else {
      sawBadByte = true;
      text = decodeMarking(bytes);
    }
    if (atStart && text.length > 0) {
      atStart = false;
      if (text.startsWith(BYTE_ORDER_MARK)) return text.slice(1);
    }
    return text;
  };
  return {
    write(bytes) {
      const all = carry.length === 0 ? bytes : Buffer.concat([carry, bytes]);
      const whole = all.length - unfinishedBytes(all);
      carry = Buffer.from(all.subarray(whole));
      return decode(all.subarray(0, whole));
    },
    end() {
      const rest = carry;
      carry = Buffer.alloc(0);
      return decode(rest);
    },
    isBroken: (record) => sawBadByte && LONE_SURROGATE.test(record),
    spell: spellMarks,
  };
}

/** Every other encoding. The library answers bytes without a letter with U+FFFD, which no such file can mean. */
function tableDecoding(encoding: string): TextDecoding {
  const decoder = iconv.getDecoder(encoding);
  const unitBytes = /^(utf-?16|ucs-?2)/i.test(encoding) ? 2 : /^(utf-?32|ucs-?4)/i.test(encoding) ? 4 : 1;
  let length = 0;
  return {
    write(bytes) {
      length += bytes.length;
      return decoder.write(bytes);
    },
    end() {
      const rest = decoder.end() ?? '';
      // A file cut in the middle of a unit: the library drops the bytes left over, so they are marked here.
      return length % unitBytes === 0 ? rest : `${rest}\uFFFD`;
    },
    isBroken: (record) => record.includes('\uFFFD') || LONE_SURROGATE.test(record),
    spell: (record) => record.replace(LONE_SURROGATES, '\uFFFD'),
  };
}

function spellMarks(record: string): string {
  return record.replace(LONE_SURROGATES, (mark) => {
    const byte = mark.charCodeAt(0) - MARK_BASE;
    return byte >= 0x80 && byte <= 0xff ? `\\x${byte.toString(16).toUpperCase()}` : '\uFFFD';
  });
}

/** How many bytes at the end begin a character that the next chunk may complete. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

function decodeMarking(bytes: Buffer): string {
  const parts: string[] = [];
  let good = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = validSequence(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(bytes.toString('utf8', good, at), String.fromCharCode(MARK_BASE + (bytes[at] ?? 0)));
    at += 1;
    good = at;
  }
  parts.push(bytes.toString('utf8', good, at));
  return parts.join('');
}

/** Length of the well-formed character at `at`, 0 if there is none (Unicode, table 3-7). */
function validSequence(bytes: Buffer, at: number): number {
  const length = sequenceLength(bytes[at] ?? 0);
  if (length <= 1) return length;
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
