import type { LayoutHeader } from '#connectors/sdk/layout/apply-layout.js';
import type { CellLayout } from '#connectors/sdk/layout/layout-options.js';
import { rowNumber } from '#connectors/sdk/layout/row-number.js';
import { rowsAsText } from '#connectors/sdk/sliced-rows.js';
import type { Batch } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { FoundHeader } from './records/types.js';

/** Watches over the places of a cell layout while its file is read. */
export interface CellLines {
  /** The header as the layout is to have it. */
  header(found: FoundHeader): LayoutHeader;
  batch(batch: Batch): void;
  end(): void;
}

const LINE_BREAKS = /\r\n|\r|\n/g;

/**
 * Tells blank cells from cells that nobody read: those of a preamble or a footer, of the upper rows of a header, and of
 * lines that a quoted line break makes part of the record above. A blank would be made up there, so they are refused.
 *
 * @param asked columns that are wanted; the places of others do not matter
 */
export function cellLines(layout: CellLayout, asked: readonly string[], file: string): CellLines {
  const places = Object.entries(layout.cells)
    .filter(([name]) => asked.includes(name))
    .map(([name, at]) => ({ name, at, line: rowNumber(at) }));
  let lastLine = 0;
  let hasFooter = false;
  let isComplete = true;
  const refuse = (lies: (line: number) => boolean, where: string, remedy: string): void => {
    const place = places.find(({ line }) => lies(line));
    if (place === undefined) return;
    const message = `Looking for the cell ${place.at} ("${place.name}") in file "${file}": ${where}`;
    throw new PlumblineError('layout', 'SOURCE_COLUMN_MISSING', message, { remedy });
  };
  const refuseWithin = (first: number, cells: readonly (string | null)[]): number => {
    const last = first + breaksIn(cells);
    refuse(
      (line) => line > first && line <= last,
      `its line belongs to the record that begins in line ${first}`,
      'Name the line in which the record begins: rows are counted as lines of the file.',
    );
    return last;
  };

  return {
    header({ names, line, linesAreBlank, firstLine }) {
      if (line > 0) refuseWithin(line, names);
      if (!linesAreBlank) {
        refuse(
          (at) => at < firstLine && at !== line,
          `it lies before the table, in lines that are skipped (the table begins in line ${line === 0 ? firstLine : line})`,
          'Name a cell of the table; or have these lines read: "header: none" without "skip_lines", and "repairs: [missing_cells]" if they are shorter than the others.',
        );
      }
      lastLine = firstLine - 1;
      return { names, row: line, locator: `${file}:${line}` };
    },
    batch(batch) {
      hasFooter ||= (batch.skipped['footer'] ?? 0) > 0;
      isComplete &&= batch.rejects.length === 0;
      for (const [index, cells] of rowsAsText(batch.rows).entries())
        lastLine = refuseWithin(rowNumber(batch.locate(index)), cells);
    },
    end() {
      // What is missing may be among the rejects, and then the layout makes no row.
      if (!hasFooter || !isComplete) return;
      refuse(
        (line) => line > lastLine,
        `it lies behind the table, where the footer is skipped (the table ends in line ${lastLine})`,
        'Name a cell of the table; or leave out "footer:", so that these lines are read.',
      );
    },
  };
}

function breaksIn(cells: readonly (string | null)[]): number {
  return cells.reduce((sum, cell) => sum + (cell?.match(LINE_BREAKS)?.length ?? 0), 0);
}
