import { LINE_FEED } from './marks.js';

/** Bytes behind the last one that may be read: a line end, so that a loop over letters stops by itself. */
const GUARD_BYTES = 4;

/** The piece of the file that is being taken apart. Its memory is used again for the next piece. */
export interface Window {
  bytes: Uint8Array;
  /** First byte not taken yet. */
  at: number;
  /** Byte after the last one there is; a line end stands there that is none of the file's. */
  end: number;
  /** Physical line of `at`, from 1. */
  line: number;
  /** Whether the file ends at `end`. */
  isLast: boolean;
}

export function openWindow(capacity: number): Window {
  return { bytes: new Uint8Array(capacity + GUARD_BYTES), at: 0, end: 0, line: 1, isLast: false };
}

/** Makes room for `wanted` more bytes by moving what is not taken yet to the front, and by growing if that is not enough. */
export function makeRoom(window: Window, wanted: number): void {
  const kept = window.end - window.at;
  const needed = kept + wanted + GUARD_BYTES;
  if (needed > window.bytes.length) {
    const larger = new Uint8Array(Math.max(needed, window.bytes.length * 2));
    larger.set(window.bytes.subarray(window.at, window.end));
    window.bytes = larger;
  } else if (window.at > 0) {
    window.bytes.copyWithin(0, window.at, window.end);
  }
  window.at = 0;
  window.end = kept;
}

/** Appends; there must be room. */
export function append(window: Window, bytes: Uint8Array): void {
  window.bytes.set(bytes, window.end);
  window.end += bytes.length;
  window.bytes.fill(LINE_FEED, window.end, window.end + GUARD_BYTES);
}
