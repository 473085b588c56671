import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { dateReader } from '#src/domain/value/date-grammar.js';
import type { CellProblem } from '#src/domain/value/types.js';
import { locateColumns } from '../columns.js';
import { shortened } from '../raw-text.js';
import type { RawCell, RawReject } from '../types.js';
import { cellReject } from './cell-reject.js';
import type { PivotLayout } from './layout-options.js';
import type { LaidOutRow, LayoutReader, LayoutRecord } from './types.js';
import { NOTHING } from './types.js';

interface DateColumn {
  readonly index: number;
  readonly heading: string;
  /** Why the heading cannot be used. */
  readonly problem: CellProblem | undefined;
}

/**
 * Dates across: each cell under a date becomes a row of the kept columns, the heading and the cell. The heading is raw text;
 * the type of the time column reads it, and rejects what is no date. A blank cell is no row (`blank_cell`).
 * Under a heading that its connector cannot use every value is a reject.
 */
export function pivotReader(layout: PivotLayout, asked: readonly string[], place: string): LayoutReader {
  const { keep, time, value } = layout;
  const names = [...keep, time, value];
  const sources = locateColumns(asked, names, `the pivot layout of ${place}`, 'exact');
  let keptIndexes: readonly number[] = [];
  let dates: readonly DateColumn[] = [];
  let unnamed: readonly number[] = [];
  let leftOut: readonly string[] = [];
  /** What is wrong with the part of a row that a column of the layout would be. */
  const problemAt = (source: number, record: LayoutRecord, date: DateColumn): CellProblem | undefined => {
    if (source === keep.length) return date.problem;
    return record.problem?.(keptIndexes[source] ?? date.index);
  };

  return {
    begin(header) {
      const headings = header.cells.map((cell) => cell?.trim() ?? '');
      keptIndexes = locateColumns(keep, headings, place, 'exact');
      const others = headings
        .map((heading, index) => ({ heading, index, problem: header.problem?.(index) }))
        .filter(({ index }) => !keptIndexes.includes(index));
      const isDate = dateTest(layout.pattern, Math.max(-1, ...keptIndexes));
      dates = others.filter((column) => column.heading !== '' && isDate(column));
      unnamed = others.filter(({ heading }) => heading === '').map(({ index }) => index);
      leftOut = others.filter((column) => column.heading !== '' && !isDate(column)).map(({ heading }) => heading);
      assertDates(dates, layout.pattern, place, headings);
      return [...keptIndexes, ...dates.map(({ index }) => index), ...unnamed];
    },
    take(record) {
      const kept = keptIndexes.map((index) => record.cells[index] ?? null);
      const rows: LaidOutRow[] = [];
      const rejects: RawReject[] = [];
      let blanks = 0;
      for (const column of dates) {
        const { index, heading } = column;
        const cell = record.cells[index] ?? null;
        if (isBlank(cell)) {
          blanks += 1;
          continue;
        }
        const made = [...kept, heading, cell];
        const [reject] = sources.flatMap((source) => {
          const problem = problemAt(source, record, column);
          const name = names[source] ?? '';
          return problem === undefined ? [] : [cellReject(problem, name, made[source] ?? null, record.locate(index))];
        });
        if (reject !== undefined) {
          rejects.push(reject);
          continue;
        }
        rows.push({ cells: sources.map((source) => made[source] ?? null), locate: () => record.locate(index) });
      }
      for (const index of unnamed) rejects.push(...underNoHeading(record.cells[index] ?? null, record.locate(index)));
      return { rows, rejects, skipped: blanks === 0 ? {} : { blank_cell: blanks } };
    },
    end: () => NOTHING,
    notes: () =>
      leftOut.length === 0
        ? []
        : [`columns that are neither kept nor dates: ${leftOut.map((name) => `"${shortened(name, 60)}"`).join(', ')}`],
  };
}

function dateTest(pattern: string | undefined, lastKept: number): (column: DateColumn) => boolean {
  if (pattern === undefined) return ({ index }) => index > lastKept;
  const read = headingReader(pattern);
  // A heading that failed may have been a date; a number that is none may be anything.
  return ({ heading, problem }) => problem?.rule === 'error_token' || read(heading).ok;
}

function headingReader(pattern: string): ReturnType<typeof dateReader> {
  return dateReader(pattern === 'iso' ? undefined : pattern);
}

/** Two columns of one date would be two values of one period. */
function assertDates(
  dates: readonly DateColumn[],
  pattern: string | undefined,
  place: string,
  headings: readonly string[],
): void {
  if (dates.length === 0) {
    const shown = headings.map((heading) => `"${shortened(heading, 60)}"`).join(', ');
    const wanted = pattern === undefined ? 'to the right of the kept columns' : `written like "${pattern}"`;
    throw columnsWrong(
      `Looking for columns of dates in ${place}: no heading is ${wanted}. It has ${shown || 'no columns'}`,
    );
  }
  const read = pattern === undefined ? undefined : headingReader(pattern);
  const seen = new Map<string, string>();
  for (const { heading, problem } of dates) {
    // What is under it is rejected.
    if (problem !== undefined) continue;
    const reading = read?.(heading);
    const date = reading?.ok === true ? reading.value : heading;
    const earlier = seen.get(date);
    if (earlier !== undefined)
      throw columnsWrong(`Looking for columns of dates in ${place}: "${earlier}" and "${heading}" are one date`);
    seen.set(date, heading);
  }
}

function columnsWrong(message: string): PlumblineError {
  return new PlumblineError('layout', 'SOURCE_COLUMN_MISSING', message, {
    remedy: 'Let each date head one column; or change "keep" and "pattern" of the extract’s layout.',
  });
}

/** A value whose date nobody knows is not left out in silence; blank columns at the edge of a table are nothing. */
function underNoHeading(cell: RawCell, locator: string): readonly RawReject[] {
  if (cell === null || isBlank(cell)) return [];
  return [
    {
      locator,
      rule: 'column_count',
      raw: shortened(cell),
      message: 'the cell stands in a column without a heading',
      remedy: 'a date above the cell, or nothing in the column',
    },
  ];
}

function isBlank(cell: RawCell): boolean {
  return cell === null || cell.trim() === '';
}
