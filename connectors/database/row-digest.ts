import { createHash } from 'node:crypto';
import { sha256Hex } from '#connectors/sdk/digest.js';
import type { SlicedRows } from '#connectors/sdk/sliced-rows.js';
import type { ResultRow } from './dialects/dialect.js';

/** Marks a cell by what it is: absent, without a text, as long as this says less one, or as long as four bytes say. */
const ABSENT = 0;
const WITHOUT_TEXT = 254;
const LONG = 255;
const MOST_MARK_BYTES = 6;

/** A digest over rows as they pass by. It tells null from an empty text, and where one cell ends and the next begins. */
export interface RowDigest {
  addSliced(rows: SlicedRows): void;
  addRows(rows: readonly ResultRow[]): void;
  /** @param question what was asked, which is part of what is known by the digest */
  finish(question: string): string;
}

/**
 * All texts one after the other make the one hash, how long each of them is the other. So it is a call or two for a chunk,
 * and rows have the same digest wherever a chunk happened to end.
 */
export function createRowDigest(): RowDigest {
  const texts = createHash('sha256');
  const lengths = createHash('sha256');
  let marks = new Uint8Array(0);
  let end = 0;

  const begin = (cells: number): void => {
    if (marks.length < cells * MOST_MARK_BYTES) marks = new Uint8Array(cells * MOST_MARK_BYTES);
    end = 0;
  };
  const markLength = (length: number): void => {
    if (length < WITHOUT_TEXT - 1) {
      marks[end++] = length + 1;
      return;
    }
    marks[end++] = LONG;
    for (let shift = 0; shift < 32; shift += 8) marks[end++] = (length >>> shift) & 0xff;
  };
  const flush = (): void => void lengths.update(marks.subarray(0, end));

  return {
    addSliced(rows) {
      const { bounds, bytes } = rows;
      const places = rows.length * rows.width * 2;
      begin(places / 2);
      let first = 0;
      /** Where the last cell ended, as long as each began where the one before it ended. */
      let last = -1;
      let isOnePiece = true;
      // Several million cells pass here: what they need stands in variables of this function.
      const target = marks;
      let to = 0;
      for (let at = 0; at < places; at += 2) {
        const start = bounds[at] ?? -1;
        if (start < 0) {
          target[to++] = ABSENT;
          continue;
        }
        if (start !== last) {
          if (last === -1) first = start;
          else isOnePiece = false;
        }
        last = bounds[at + 1] ?? start;
        const length = last - start;
        if (length < WITHOUT_TEXT - 1) {
          target[to++] = length + 1;
        } else {
          end = to;
          markLength(length);
          to = end;
        }
      }
      end = to;
      flush();
      if (isOnePiece) {
        if (last !== -1) texts.update(bytes.subarray(first, last));
        return;
      }
      for (let at = 0; at < places; at += 2) {
        const start = bounds[at] ?? -1;
        if (start >= 0) texts.update(bytes.subarray(start, bounds[at + 1] ?? start));
      }
    },
    addRows(rows) {
      begin(rows.length * (rows[0]?.length ?? 0));
      let joined = '';
      for (const row of rows) {
        for (const cell of row) {
          if (cell === null) {
            marks[end++] = ABSENT;
            continue;
          }
          if (typeof cell !== 'string') marks[end++] = WITHOUT_TEXT;
          const text = typeof cell === 'string' ? cell : cell.what;
          markLength(text.length);
          joined += text;
        }
      }
      flush();
      texts.update(joined, 'utf8');
    },
    finish: (question) => sha256Hex(JSON.stringify([question, texts.digest('hex'), lengths.digest('hex')])),
  };
}
