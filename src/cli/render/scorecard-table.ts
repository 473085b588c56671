import { formatDecimal } from '#src/domain/value/format-number.js';
import { exactFigure, scoreFigure, shareFigure, targetFigure } from './figures.js';
import type { Standing } from './standing.js';
import { statusPaint, statusText } from './status-words.js';
import { type TableCell, type TableColumn, type TextTable, textTable } from './text-table.js';
import { displayWidth, fitTo, printable } from './text-width.js';

/** Units are free words; the table shows this much of one. */
const UNIT_WIDTH = 14;

const COLUMNS: readonly TableColumn[] = [
  { heading: '', align: 'left', shrinkTo: 20 },
  { heading: 'status', align: 'left' },
  { heading: 'score', align: 'right' },
  { heading: 'coverage', align: 'right', dropOrder: 3 },
  { heading: 'value', align: 'left' },
  { heading: 'target', align: 'left', dropOrder: 1 },
  { heading: 'period', align: 'left', dropOrder: 2 },
  { heading: 'data age', align: 'right', dropOrder: 4 },
  { heading: 'owner', align: 'left', shrinkTo: 10, dropOrder: 5 },
];

/** One scorecard's nodes, in their order, as a table that fits the terminal where it can. */
export function scorecardTable(nodes: readonly Standing[], width: number, colour: boolean): TextTable {
  const values = inLine(nodes.map(valueFigureOf));
  const targets = inLine(nodes.map(targetFigureOf));
  const rows = nodes.map((node, index): TableCell[] => {
    const { row, depth, open, ageDays } = node;
    const rolledUp = row.kind !== 'measure';
    return [
      { text: `${'  '.repeat(depth)}${printable(row.name)}` },
      { text: statusText(row.status), ...(colour ? { paint: statusPaint(row.status) } : {}) },
      { text: row.score === undefined ? '' : scoreFigure(row.score) },
      { text: rolledUp && row.coverage !== undefined ? shareFigure(row.coverage) : '' },
      { text: values[index] ?? '' },
      { text: targets[index] ?? '' },
      { text: row.periodId === undefined ? '' : `${row.periodId}${open ? ' so far' : ''}` },
      { text: ageDays === undefined ? '' : `${ageDays} d` },
      { text: printable(row.ownerName) },
    ];
  });
  return textTable(COLUMNS, rows, width);
}

/** A figure and its unit; `number` is aligned to the right, `words` stand alone. */
type Figure = { readonly number: string; readonly unit: string } | { readonly words: string };

function valueFigureOf({ row, since }: Standing): Figure {
  if (row.value === undefined) return { words: since === undefined ? '' : `since ${since}` };
  const number = row.decimals === undefined ? exactFigure(row.value) : formatDecimal(row.value, row.decimals);
  return { number, unit: unitOf(row.unit) };
}

function targetFigureOf({ row }: Standing): Figure {
  return row.target === undefined ? { words: '' } : { number: targetFigure(row.target), unit: unitOf(row.unit) };
}

function unitOf(unit: string | undefined): string {
  return unit === 'percent' ? '%' : fitTo(printable(unit ?? ''), UNIT_WIDTH);
}

function inLine(figures: readonly Figure[]): readonly string[] {
  const widest = Math.max(0, ...figures.map((each) => ('number' in each ? displayWidth(each.number) : 0)));
  return figures.map((each) =>
    'number' in each ? `${each.number.padStart(widest)} ${each.unit}`.trimEnd() : each.words,
  );
}
