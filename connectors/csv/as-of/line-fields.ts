import { fieldText } from '../records/field-bytes.js';
import type { Marks } from '../records/marks.js';
import { scanLine } from '../records/scan-line.js';
import { emptyScan } from '../records/scan-record.js';

/** Texts of the fields of one physical line, without white space around them; of bad quotes what is there. */
export function lineFields(line: Uint8Array, marks: Marks): readonly string[] {
  const scan = emptyScan();
  scanLine(scan, line, 0, { end: line.length, next: line.length }, marks, new Set());
  return Array.from({ length: scan.count }, (_, index) => fieldText(scan, line, index, marks).trim());
}
