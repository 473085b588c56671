import { shortened } from '#connectors/sdk/raw-text.js';
import type { Watermark } from '#connectors/sdk/watermark.js';
import { addDays } from '#src/domain/period/period-instants.js';
import { readDate, readDateTime } from '#src/domain/value/date-grammar.js';
import { dateInName } from '../files/date-in-name.js';
import type { Marks } from '../records/marks.js';
import type { AsOfRule } from './as-of-options.js';
import { cellPlace, MAX_LINES } from './cell-place.js';
import type { FileEnds } from './file-ends.js';
import { lineFields } from './line-fields.js';

/** The day or time that a file says its figures stand for, or why it says none. */
export type FileAsOf = { readonly at: string } | { readonly problem: string };

type Rule = Exclude<AsOfRule, string>;

/** Characters shown of what is no date. */
const SHOWN = 60;
const HAS_ZONE = /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;

/** By the name of a file: the last day that it is about. @param pattern of the name, such as `sales-{yyyy}-{MM}.csv` */
export function asOfName(file: string, pattern: string): FileAsOf {
  const days = dateInName(pattern)(file.slice(file.lastIndexOf('/') + 1));
  if (days === undefined) return { problem: `no date "${pattern}" in the name ("as_of")` };
  return { at: addDays(days.end, -1) };
}

/** By the lines of a file: what stands in its cell, or behind its text. */
export function asOfLines({ first, last }: FileEnds, marks: Marks, rule: Rule): FileAsOf {
  const { cell = '', after, pattern } = rule;
  if (after !== undefined) {
    const rest = restAfter(first, after, marks) ?? restAfter(last, after, marks);
    if (rest === undefined)
      return { problem: `no line of the first ${MAX_LINES} or at the end begins with "${after}" ("as_of")` };
    return rest === '' ? { problem: `nothing follows "${after}" ("as_of")` } : dated(`"${after}"`, rest, pattern);
  }
  const place = cellPlace(cell);
  const line = place === undefined ? undefined : first[place.line - 1];
  if (place === undefined || line === undefined) return { problem: `the cell ${cell} ("as_of") is not in the file` };
  const text = lineFields(line, marks)[place.field] ?? '';
  return text === '' ? { problem: `the cell ${cell} ("as_of") is blank` } : dated(`the cell ${cell}`, text, pattern);
}

/** What follows a text that begins a line: in its own field, or in the next one that is not empty. */
function restAfter(lines: readonly Uint8Array[], text: string, marks: Marks): string | undefined {
  const beginning = Buffer.from(text);
  for (const line of lines) {
    // Most lines are told from it by their bytes.
    if (!Buffer.from(line.buffer, line.byteOffset, line.length).includes(beginning)) continue;
    const [begin = '', ...others] = lineFields(line, marks);
    if (!begin.startsWith(text)) continue;
    const own = begin.slice(text.length).trim();
    return own === '' ? (others.find((field) => field !== '') ?? '') : own;
  }
  return undefined;
}

function dated(place: string, text: string, pattern: string | undefined): FileAsOf {
  const day = readDate(text, pattern);
  if (day.ok) return { at: day.value };
  if (pattern === undefined && HAS_ZONE.test(text)) {
    const time = readDateTime(text, undefined, 'UTC');
    if (time.ok) return { at: time.value };
  }
  const { message } = day.problem;
  const like = pattern ?? 'YYYY-MM-DD, or a time with its zone';
  return {
    problem: `${place} ("as_of") says "${shortened(text, SHOWN)}", which is no date: ${message} (wanted: ${like})`,
  };
}

/** The latest of what files say; `undefined` where none says any. */
export function asOfWatermark(said: readonly string[], rule: Rule): Watermark | undefined {
  const latest = said.reduce<string | undefined>(
    (a, b) => (a === undefined || wholeDay(b) > wholeDay(a) ? b : a),
    undefined,
  );
  if (latest === undefined) return undefined;
  return { evidence: rule.date_in_name === undefined ? 'as_of_cell' : 'as_of_name', value: latest, at: latest };
}

/** A day is whole, and so behind each time of it. */
const wholeDay = (at: string): string => (at.includes('T') ? at : `${at}T99`);
