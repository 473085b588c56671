import { askedColumns } from '#src/activities/pull/asked-columns.js';
import type { TypedCell } from '#src/domain/value/types.js';
import { textTable } from '../render/text-table.js';
import { printable } from '../render/text-width.js';
import { counted } from '../render/time-words.js';
import { OUTSIDE_MARK, type RunAhead, runNotes, watermarkLines, withShortDigests } from './preview-notes.js';
import type { Preview, PreviewReject } from './preview-rows.js';

/** A preview for people: the rows as a table, what was rejected, and what a run would do otherwise. */
export function previewText(run: RunAhead, preview: Preview, rows: number, width: number): string {
  const columns = askedColumns(run.extract);
  const table = textTable(
    [
      { heading: 'PLACE', align: 'left', shrinkTo: 16 },
      ...columns.map((column) => ({
        heading: column.name,
        align: column.type === 'decimal' || column.type === 'integer' ? ('right' as const) : ('left' as const),
        ...(column.type === 'text' ? { shrinkTo: 10 } : {}),
      })),
    ],
    preview.rows
      .slice(0, rows)
      .map(({ locator, cells, outside }) => [
        { text: `${printable(locator)}${outside ? OUTSIDE_MARK : ''}` },
        ...cells.map((cell) => ({ text: shown(cell) })),
      ]),
    width,
  );
  const { summary, rejects } = preview;
  const lines = [
    `${run.extract.id}: ${columns.map((column) => `${column.name} ${column.type}`).join(', ')}`,
    ...table.lines,
    ...rejects.slice(0, rows).flatMap(rejectLines),
    ...(rejects.length > rows ? [`… and ${counted(rejects.length - rows, 'more problem')}`] : []),
    countsOf(preview),
    ...runNotes(preview, run),
    ...(summary?.notes ?? []).map((note) => `note: ${note}`),
    ...(summary?.description ?? []).map(withShortDigests),
    ...(summary === undefined ? [] : watermarkLines(summary)),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function countsOf({ summary, seen, skipped, repaired, rejectedRows }: Preview): string {
  const more = summary === undefined ? 'of more that were not looked at' : 'in all';
  return `${counted(seen, 'row')} seen, ${more}; ${counted(rejectedRows, 'row')} rejected${listed('; skipped', skipped)}${listed('; repaired', repaired)}`;
}

function rejectLines({ locator, column, raw, rule, message, remedy }: PreviewReject): string[] {
  const place = column === undefined ? locator : `${locator}, ${column}`;
  return [`rejected ${place}: ${JSON.stringify(raw)} – ${message} (${rule})`, `     → ${remedy}`];
}

function listed(label: string, counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).map(([rule, count]) => `${count} ${rule}`);
  return entries.length === 0 ? '' : `${label} ${entries.join(', ')}`;
}

function shown(cell: TypedCell): string {
  if (cell === null) return '∅';
  return typeof cell === 'boolean' ? String(cell) : printable(cell);
}
