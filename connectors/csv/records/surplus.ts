import type { Repair } from '../dialect/dialect-options.js';
import { fieldText, isEmptyField } from './field-bytes.js';
import { COMMA, type Marks } from './marks.js';
import { PLAIN, type RecordScan } from './scan-record.js';

/**
 * What stands beyond the header.
 *
 * - `cut_number`: two neighbours may be one number with a comma in it, 2,25, and asked-for columns stand there or behind.
 * - `empty`: nothing but delimiters.
 * - `usual`: content, as in most records of the file, so it is the header or the delimiter that is wrong.
 * - `content`: content that this record alone has.
 *
 * Where a delimiter too many stands, everything behind it has moved by a column, and nothing in the record tells where
 * that was. So content is only ever dropped where an extract says `lose_extra_content`, and nothing is from a record that
 * shows a likelier reason: `cut_number` and `usual` are always rejects.
 */
export type Surplus = 'empty' | 'cut_number' | 'usual' | 'content';

/** What is the same for all records of a file. */
interface SurplusSetup {
  readonly fieldCount: number;
  /** The last field that is asked for. */
  readonly lastField: number;
  readonly marks: Marks;
  /** Most records of the file have content beyond the header. */
  readonly isUsual: boolean;
}

export function surplusOf(scan: RecordScan, bytes: Uint8Array, setup: SurplusSetup): Surplus {
  const { fieldCount, lastField, marks, isUsual } = setup;
  const isEmpty = filledFields(scan) <= fieldCount;
  const cut = cutNumber(scan, bytes, marks);
  // Empty cells at the end come from there or from behind; content may be anybody's.
  if (cut !== undefined && (!isEmpty || cut <= lastField)) return 'cut_number';
  if (isEmpty) return 'empty';
  return isUsual ? 'usual' : 'content';
}

/** The repair that a surplus needs; `undefined`: there is none. */
export function repairFor(surplus: Surplus): Repair | undefined {
  if (surplus === 'empty') return 'extra_cells';
  return surplus === 'content' ? 'lose_extra_content' : undefined;
}

/** Fields up to the last that is not empty. */
export function filledFields(scan: RecordScan): number {
  let count = scan.count;
  while (count > 0 && isEmptyField(scan, count - 1)) count -= 1;
  return count;
}

/** Beginning of a number up to a comma: `-2`, `EUR 1`, `(12`, `1.234`. Dates such as 01.09.2026 are none. */
const BEFORE_COMMA = /^\s*[-+\u2212(]?\s*(?:\p{Sc}|[A-Z]{3})?\s*[-+\u2212]?(?:\d+|\d{1,3}(?:[.\s\u2019']\d{3})+)$/u;
/** The rest of it: `25`, `234.50`, `5 %`, `00)`. */
const BEHIND_COMMA = /^\d+(?:\.\d+)?\s*(?:[%\u2030)-]|\p{Sc}|[A-Za-z]{1,3})?\s*$/u;

/** The first field that may be, with its neighbour, one number that the delimiter, a comma, cut in two. */
function cutNumber(scan: RecordScan, bytes: Uint8Array, marks: Marks): number | undefined {
  if (marks.delimiter.length !== 1 || marks.delimiter[0] !== COMMA) return undefined;
  let isBegun = false;
  for (let index = 0; index < scan.count; index += 1) {
    const text = scan.kinds[index] === PLAIN ? fieldText(scan, bytes, index, marks) : '';
    if (isBegun && BEHIND_COMMA.test(text)) return index - 1;
    isBegun = BEFORE_COMMA.test(text);
  }
  return undefined;
}
