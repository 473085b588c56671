import type { DialectOptions } from '../dialect/dialect-options.js';
import { isPadding } from './scan-record.js';

export interface CellMending {
  /** Whether a cell may end up different from what stands between the delimiters. */
  readonly changesCells: boolean;
  /** Mends the unquoted cell whose bounds stand at `place`. */
  cell(bytes: Uint8Array, bounds: Int32Array, place: number): void;
}

/** Takes padding off unquoted cells, and makes the texts that mean "no value" `null`, as the extract says. */
export function cellMending(options: DialectOptions, delimiter: Uint8Array): CellMending {
  const trim = options.trim === true;
  const nulls = (options.nulls ?? []).map((text) => Buffer.from(text));
  return {
    changesCells: trim || nulls.length > 0,
    cell(bytes, bounds, place) {
      let start = bounds[place] ?? -1;
      let end = bounds[place + 1] ?? start;
      if (start < 0) return;
      if (trim) {
        while (start < end && isPadding(bytes[start], delimiter)) start += 1;
        while (end > start && isPadding(bytes[end - 1], delimiter)) end -= 1;
      }
      bounds[place] = start === end || nulls.some((text) => isSame(bytes, start, end, text)) ? -1 : start;
      bounds[place + 1] = end;
    },
  };
}

function isSame(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length) return false;
  for (let index = 0; index < text.length; index += 1) if (bytes[start + index] !== text[index]) return false;
  return true;
}
