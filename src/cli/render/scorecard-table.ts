import { labelAt } from '#src/domain/measure/value-text.js';
import { targetLabels } from '#src/domain/target/shown-target.js';
import { exactFigure, figure, scoreFigure, shareFigure, targetFigure, valueFigure } from './figures.js';
import type { MissingChildren, Standing } from './standing.js';
import { STATUS_WORDS, statusPaint, statusText } from './status-words.js';
import { type TableCell, type TableColumn, type TextTable, textTable } from './text-table.js';
import { printable, wrapped } from './text-width.js';

const COLUMNS: readonly TableColumn[] = [
  { heading: '', align: 'left', shrinkTo: 20 },
  { heading: 'status', align: 'left' },
  { heading: 'score', align: 'right' },
  { heading: 'coverage', align: 'right', dropOrder: 3 },
  { heading: 'value', align: 'right' },
  { heading: 'target', align: 'right', dropOrder: 1 },
  { heading: 'unit', align: 'left', shrinkTo: 6 },
  { heading: 'period', align: 'left', dropOrder: 2 },
  { heading: 'age', align: 'right', dropOrder: 4 },
  { heading: 'owner', align: 'left', shrinkTo: 8, dropOrder: 5 },
];

/** One scorecard's nodes, in their order, as a table that fits the terminal where it can, each with its notes below. */
export function scorecardTable(nodes: readonly Standing[], width: number, colour: boolean): TextTable {
  const table = textTable(
    COLUMNS,
    nodes.map((node) => cells(node, colour)),
    width,
  );
  const [heading = '', ...lines] = table.lines;
  const noted = lines.flatMap((line, index) => [line, ...notes(nodes[index], width)]);
  return { ...table, lines: [heading, ...noted] };
}

/** What a row has no column for, indented below it. */
function notes(node: Standing | undefined, width: number): readonly string[] {
  if (node === undefined) return [];
  const { without, depth, written } = node;
  const { lacks, otherDays, ofNoRows, soFar } = node.notes ?? {};
  const texts = [
    ...(lacks === undefined ? [] : [`partial: ${lacks}`]),
    ...(otherDays === undefined ? [] : [`not just the days of its period: ${otherDays}`]),
    ...(soFar === undefined
      ? []
      : [`${soFarFigure(node, soFar.value)} so far in ${soFar.periodId}, which is not over`]),
    ...(ofNoRows === undefined ? [] : [`a sum of no rows: the filter left out all ${ofNoRows} of the period`]),
    ...(without === undefined ? [] : [withoutText(without)]),
    ...(written === undefined ? [] : [`note by ${written.authorName}: ${written.text}`]),
  ];
  return texts.map((text) => wrapped(printable(text), width, '  '.repeat(depth + 2)));
}

/** Children that are named below a row. */
const MOST_CHILDREN = 5;

/** `without: Revenue (late), Rating by clients (missing) and 12 more` */
function withoutText({ count, named }: MissingChildren): string {
  const shown = named.slice(0, MOST_CHILDREN).map(({ name, status, tooOld }) => {
    if (tooOld !== undefined) return `${name} (too old, of ${tooOld})`;
    return status === undefined ? name : `${name} (${STATUS_WORDS[status].word})`;
  });
  const more = count - shown.length;
  return `without: ${shown.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}`;
}

function cells(node: Standing, colour: boolean): TableCell[] {
  const { row, depth, ageDays } = node;
  const rolledUp = row.kind !== 'measure';
  return [
    { text: `${'  '.repeat(depth)}${printable(row.name)}` },
    { text: standingText(row), ...(colour ? { paint: statusPaint(row.status) } : {}) },
    { text: row.score === undefined ? '' : scoreFigure(row.score) },
    { text: rolledUp && row.coverage !== undefined ? shareFigure(row.coverage) : '' },
    ...figures(node).map((text) => ({ text })),
    { text: periodText(node) },
    { text: ageDays === undefined ? '' : `${ageDays} d` },
    { text: printable(row.ownerName) },
  ];
}

function soFarFigure({ row: { unit = '', decimals = 0 }, labels }: Standing, value: string): string {
  return valueFigure(value, { unit, decimals, ...(labels === undefined ? {} : { labels }) });
}

/** Value, target and unit; of an ordinal the words, which are of no unit. */
function figures({ row, labels }: Standing): readonly [value: string, target: string, unit: string] {
  const { value, target, unit = '', decimals } = row;
  const word = value === undefined ? undefined : labelAt(value, labels);
  const words = target === undefined ? undefined : targetLabels(target, labels);
  const hasFigure = (value !== undefined && word === undefined) || (target !== undefined && words === undefined);
  const number = value === undefined ? '' : decimals === undefined ? exactFigure(value) : figure(value, decimals);
  return [
    printable(word ?? number),
    printable(words?.join('–') ?? (target === undefined ? '' : targetFigure(target, decimals))),
    hasFigure ? (unit === 'percent' ? '%' : printable(unit)) : '',
  ];
}

/** The status, with the label of its band where it has one. */
function standingText({ status, band }: Standing['row']): string {
  return band === undefined ? statusText(status) : `${statusText(status)}, ${printable(band)}`;
}

/** The period shown; of a late or missing measure the first of the run without a value. */
function periodText({ row, open, since }: Standing): string {
  if (row.periodId === undefined) return '';
  if (since !== undefined) return `since ${since}`;
  return open ? `${row.periodId} so far` : row.periodId;
}
