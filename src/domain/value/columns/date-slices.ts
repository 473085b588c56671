import type { ColumnSpec } from '../types.js';
import type { DateVector } from './column-vector.js';
import { dayIn, layoutOf } from './date-layout.js';
import { NO_DAY } from './day-key.js';
import { UNSLICED } from './raw-column.js';
import { eachSlice, type SliceReader } from './slice-reader.js';

/** Days of one form: ISO 8601, or a pattern whose fields have fixed lengths; not the labels of a calendar's periods. */
export function dateSlices({ pattern, calendar }: ColumnSpec, { days }: DateVector): SliceReader {
  const layout = calendar === undefined ? layoutOf(pattern ?? 'yyyy-MM-dd') : undefined;
  if (layout === undefined) return eachSlice(() => false);
  const { length } = layout;
  return ({ bytes, bounds, first, stride }, rows, count, unusual) => {
    let left = 0;
    for (let index = 0; index < count; index++) {
      const row = rows[index] ?? 0;
      const at = first + row * stride;
      const start = bounds[at] ?? UNSLICED;
      const day = start >= 0 && (bounds[at + 1] ?? 0) - start === length ? dayIn(layout, bytes, start) : NO_DAY;
      if (day === NO_DAY) unusual[left++] = row;
      else days[row] = day;
    }
    return left;
  };
}
